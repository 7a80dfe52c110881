/** `cairn issue`: awards and seals from a list of learners, without a server. All rows or none. */
import { isPlainDate, todayOf } from '@cairn/core'
import { addFonts } from '@cairn/documents'
import { type Field, isField } from '@cairn/sheets'
import { readSpecification } from '../institution.ts'
import { issueFormats } from '../issue-formats.ts'
import { prepareIssuing } from '../issuing/prepare-issuing.ts'
import { readAwards } from '../issuing/read-awards.ts'
import { sealAll } from '../issuing/seal-all.ts'
import { secretsFor } from '../keys/secrets.ts'
import { problemLine, visible } from '../problem-line.ts'
import { readGiven } from '../read-input.ts'
import { issuingSample } from '../samples/issuing-sample.ts'
import { type Given, UsageError, type Verb } from '../verb.ts'
import { writeSamples } from '../write-samples.ts'

export const issue: Verb = {
  help: `cairn issue --spec FILE --recipients FILE --key FILE --out DIR [--format A,B,…] [--award-date DATE] [--columns A,B,…]
cairn issue --sample DIR

Awards and seals one credential a row, without a server. When one row is wrong nothing is sealed, and every problem is named by row.

  --spec FILE         a specification, an edition, or {"specification", "institution"}, as JSON
  --recipients FILE   CSV or a workbook (.xlsx): a header and one learner a row: givenName, familyName or fullName; dateOfBirth, identifier, email, awardDate, grade, …
                      Headings in other languages are guessed; the guess is printed. UTF-8, UTF-16, Windows-1250 or -1252; comma, semicolon or tab
  --key FILE          the sealing key, as cairn keys writes it; its passphrase from --passphrase-file FILE or CAIRN_KEY_PASSPHRASE
  --out DIR           a new or empty folder: one file a credential, and manifest.json
  --format A,B,…      the forms, each a file of its own under one id (default elm):
                      elm (European Digital Credential), sd-jwt-vc (for wallets, of the European type learning:credential),
                      micro-credential-sd-jwt-vc (of our own type, which extends it),
                      open-badges (Open Badges 3.0), png (the same in a picture),
                      pdf (a sheet to print, PDF/A-3, with the sealed elm inside, itself sealed by the same key: PAdES B-B)
  --award-date DATE   the day of award for rows that name none
  --columns A,B,…     the field of each column in place of the guess; a dash leaves a column out
  --time-stamps URL   an authority of time stamps (RFC 3161) for the seals of sheets, which are then PAdES B-T
  --first-number N    where reference numbers begin, when the specification has a pattern for them (default 1)
  --dry-run           checks everything and seals nothing
  --sample DIR        writes a specification and a list of learners to begin with, of an institution that does not exist; nothing is written over

CAIRN_FONTS names font files, with commas between them, for letters that ours lack, as Chinese has them: a sheet names those by their numbers.

Exit codes: 0 all sealed, 1 some row wrong and nothing sealed, 64 not understood.`,
  options: {
    spec: { type: 'string' },
    recipients: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
    format: { type: 'string' },
    'award-date': { type: 'string' },
    columns: { type: 'string' },
    'first-number': { type: 'string' },
    'time-stamps': { type: 'string' },
    'passphrase-file': { type: 'string' },
    'client-secret-file': { type: 'string' },
    'dry-run': { type: 'boolean' },
    sample: { type: 'string' },
  },
  async run(given, output) {
    const folder = given.text('sample')
    if (folder !== undefined)
      return writeSamples(
        folder,
        await issuingSample(),
        output,
        (place) => `cairn keys create --demo --spec ${place('specification.json')} --out demo`,
      )
    const wanted = understand(given)
    addFonts((process.env.CAIRN_FONTS ?? '').split(',').flatMap((file) => file.trim() || []))
    const now = new Date().toISOString().replace(/\.\d+/, '')
    const issuing = await prepareIssuing({
      ...readSpecification(wanted.spec),
      key: wanted.key,
      secrets: (key) => secretsFor(key, given),
      now,
      timeStamps: wanted.timeStamps,
    })
    for (const warning of issuing.warnings) output.note(problemLine(warning))
    const { awards, problems, warnings, columns } = await readAwards({
      bytes: readGiven(wanted.recipients, 41 * 1024 * 1024),
      fileName: wanted.recipients,
      edition: issuing.edition,
      today: todayOf(issuing.issuer.organisation, now),
      awardDate: wanted.awardDate,
      columns: wanted.columns,
      firstNumber: wanted.firstNumber,
      onSheets: wanted.formats.includes('pdf'),
    })
    output.say(`Columns: ${columns.map(visible).join(', ')}`)
    for (const warning of warnings) output.note(problemLine(warning))
    if (problems.length > 0) {
      output.data({ issued: 0, problems })
      for (const problem of problems) output.say(`  ${problemLine(problem)}`)
      output.say(`${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} wrong. Nothing was sealed.`)
      return 1
    }
    if (given.has('dry-run')) {
      output.data({ issued: 0, ready: awards.length, problems })
      output.say(`${awards.length} ready to be sealed. Nothing was sealed.`)
      return 0
    }
    const count = await sealAll({ issuing, awards, formats: wanted.formats, out: wanted.out, now })
    output.data({ issued: count, out: wanted.out, edition: issuing.edition.achievement, problems: [] })
    output.say(`${count} sealed in ${wanted.out}.`)
    return 0
  },
}

interface Wanted {
  spec: string
  recipients: string
  key: string
  out: string
  formats: string[]
  awardDate: string | undefined
  columns: (Field | null)[] | undefined
  firstNumber: number
  timeStamps: string | undefined
}

function understand(given: Given): Wanted {
  const need = (option: string) => {
    const value = given.text(option)
    if (value === undefined) throw new UsageError(`--${option} is missing.`)
    return value
  }
  if (given.operands.length > 0) throw new UsageError(`"${given.operands[0]}" is not understood.`)
  const formats = [...new Set((given.text('format') ?? 'elm').split(','))]
  for (const format of formats)
    if (!Object.hasOwn(issueFormats, format))
      throw new UsageError(`The format ${format} is not there yet. There are: ${Object.keys(issueFormats).join(', ')}.`)
  const awardDate = given.text('award-date')
  if (awardDate !== undefined && !isPlainDate(awardDate)) throw new UsageError('--award-date is a day such as 2026-05-12.')
  const firstNumber = given.text('first-number') ?? '1'
  if (!/^\d{1,9}$/.test(firstNumber)) throw new UsageError('--first-number is a whole number.')
  const timeStamps = given.text('time-stamps')
  if (timeStamps !== undefined && !/^https?:$/.test(URL.parse(timeStamps)?.protocol ?? ''))
    throw new UsageError('--time-stamps is an address such as https://tsa.example.')
  const columns = given
    .text('columns')
    ?.split(',')
    .map((name) => {
      if (name === '-' || name === '') return null
      if (!isField(name)) throw new UsageError(`There is no field "${name}".`)
      return name
    })
  return {
    spec: need('spec'),
    recipients: need('recipients'),
    key: need('key'),
    out: need('out'),
    formats,
    awardDate,
    columns,
    firstNumber: Number(firstNumber),
    timeStamps,
  }
}
