/** Operations on pathways: drafted and published like policies, sealed when they are published, offered to everybody. */
import type { Handlers } from '@cairn/api'
import { type Json, type JsonObject, pathwayProblems, readPathway } from '@cairn/core'
import { findPathway, readDeclarationRow, readInstitution } from '@cairn/store'
import { type Context, found } from '../context.ts'
import { readChoices } from '../pathway-choices.ts'
import { readOffered } from '../pathways-offered.ts'
import { newestOffered } from '../recognition-case.ts'
import { sealDeclaration } from '../seal-declaration.ts'
import { draftSteps } from './drafts.ts'

type Own = Pick<
  Handlers<Context>,
  | 'pathway.list'
  | 'pathway.create'
  | 'pathway.read'
  | 'pathway.save'
  | 'pathway.publish'
  | 'pathway.approve'
  | 'pathway.retire'
  | 'pathway.offered'
  | 'pathway.file'
  | 'pathway.choices'
>

const steps = draftSteps({
  kind: 'pathway',
  problems: pathwayProblems,
  current: (versions) => newestOffered(versions)[0],
  // Published is sealed: a pathway that nobody could prove is none.
  published: async (context, tx, { id, content, hash }) => {
    const { organisation } = found(await readInstitution(tx))
    const pathway = readPathway(content as unknown as Json)
    await sealDeclaration(context, tx, organisation, { subject: id, declaration: { kind: 'pathway', pathway, hash } })
  },
})

/** What a designer begins with: two slots that take anything. */
const beginning = (body: string): JsonObject => ({
  title: { en: 'New pathway', cs: 'Nová cesta', ar: 'مسار جديد' },
  body,
  slots: [
    { id: 'core', title: { en: 'Core', cs: 'Základ', ar: 'الأساس' }, takes: {}, minCredits: 6 },
    { id: 'elective', title: { en: 'Electives', cs: 'Volitelné', ar: 'اختياري' }, takes: {}, minCredits: 4 },
  ],
  rules: { totalMin: 10 },
})

export const pathwayHandlers: Own = {
  'pathway.list': (_, context) => steps.list(context),
  'pathway.create': (_, context) => steps.create(context, beginning),
  'pathway.read': ({ id }, context) => steps.read(context, id),
  'pathway.save': (given, context) => steps.save(context, { ...given, draft: given.draft as JsonObject }),
  'pathway.publish': (given, context) => steps.publish(context, given),
  'pathway.approve': (given, context) => steps.approve(context, given),
  'pathway.retire': (given, context) => steps.retire(context, given),

  'pathway.choices': ({ members }, context) => readChoices(context, members ?? false),

  'pathway.offered': async ({ body }, context) => (await readOffered(context, body)).map(({ offered }) => offered),

  'pathway.file': async ({ id }, context) => {
    const tenant = found(await findPathway(context.database, id))
    const { sealed } = found(await context.database.tenant(tenant, (tx) => readDeclarationRow(tx, 'pathway', id)))
    return { name: `pathway-${id}.jsonld`, mediaType: 'application/jose+json', base64: Buffer.from(sealed).toString('base64') }
  },
}
