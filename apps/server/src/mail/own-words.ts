/** Mails to learners in the words of the institution, where it has its own for that language. */
import { type MailData, type MailText, mailText, type OwnMailKind } from '@cairn/documents'
import { readMailTemplates, type TenantTransaction } from '@cairn/store'

/** Writes mails of one institution. */
export type MailWriter = <Kind extends OwnMailKind>(kind: Kind, language: string, data: MailData[Kind]) => MailText

/** Reads the words of the institution once, for as many mails as there are. */
export async function mailWriter(tx: TenantTransaction): Promise<MailWriter> {
  const own = await readMailTemplates(tx)
  return (kind, language, data) =>
    mailText(
      kind,
      language,
      data,
      own.find((each) => each.kind === kind && each.language === language.split('-')[0]),
    )
}
