/**
 * A server of its own whose demonstration has one of everything, for `rooms.ts` to look at; told `fill`, it makes that the work of years: 20,000 graduates
 * through upload and seal, 200 courses, and 5,000 of what else comes from learners, copied from the one that was made by hand. Told `end`, it ends.
 */
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '@cairn/core'
import { appendEvents, insertStackRequest } from '@cairn/store'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { newId } from '../../apps/server/src/context.ts'
import { clientFor } from '../../apps/server/src/operations.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { ownerOf } from '../../apps/server/src/vectors/owner-of.ts'
import { confirmFile } from '../chaos/prepare.ts'

const graduates = 20_000
const others = 5000
const files = 40
const courses = 200
const bodies = 500
const given = 'Zoë Łucja İpek Jürgen Søren Ελένη Νίκος ليلى محمد Nguyễn Anna John Žofie Björn François Chloé Ioana Mária'.split(' ')
const family =
  'Müller Łódzka Çelik Novák Žižka Ørsted Παπαδόπουλος حدّاد الأنصاري Trần Smith García Dvořáková Ångström Şahin Kowalski'.split(' ')

const server = await startServer(readConfig(process.env), pino({ level: 'error' }))
const { installation } = server
const { tenant, api } = await ownerOf(installation)
const query = async <T>(text: string, values: unknown[] = []) => (await installation.database.pool.query(text, values)).rows as T[]

/** One of everything that a page lists, by the operations that everybody uses. Returns addresses behind links of learners. */
async function furnish(): Promise<string[]> {
  const [edition] = await api['edition.list']({})
  const credential = await firstSealed()
  const { url: shared } = await api['credential.share']({ id: credential })
  const target = await api['target.save']({ title: { en: 'Forecaster, grade 2' }, content: { competencies: ['wmo-1209/forecasting'] } })
  const policy = await api['policy.create']({ template: 'weather-service' })
  await api['policy.publish']({ id: policy.id, revision: policy.revision })
  const learner = clientFor(installation, { caller: { roles: ['anonymous'] } })
  const token = shared.split('/').at(-1)!
  const { bodies } = await learner['recognition.options']({ token })
  const email = 'learner@learners.example'
  const asking = { token, target: target.id, purpose: 'career-progression', email, language: 'en', consent: true } as const
  const { url: asked } = await learner['recognition.ask']({ ...asking, body: bodies[0]!.id })
  const pathway = await api['pathway.create']({})
  const slots = [
    {
      id: 'core',
      title: { en: 'Core' },
      takes: { achievements: [(await api['edition.read']({ id: edition!.id })).edition.achievement] },
      minCount: 1,
    },
  ]
  const draft: JsonObject = { ...pathway.draft, title: { en: 'Coastal work' }, award: edition!.id, slots, rules: { totalMin: 1 } }
  const saved = await api['pathway.save']({ id: pathway.id, revision: pathway.revision, draft })
  const { versions } = await api['pathway.publish']({ id: pathway.id, revision: saved.revision })
  const request = { id: newId(), version: versions[0]!.id, learner: 'Eva', email, language: 'en', held: [], token: randomUUID() }
  await installation.database.tenant(tenant, (tx) => insertStackRequest(tx, { ...request, askedAt: new Date().toISOString() }))
  const room = await api['classroom.open']({ edition: edition!.id, hours: 8 })
  const born = { givenName: 'Eva', familyName: 'Malá', dateOfBirth: '2001-02-03', email }
  await learner['join.claim']({ code: room.code, learner: born })
  const closesOn = '2099-01-01'
  const survey = await api['survey.open']({ title: { en: 'Survey' }, host: 'Hillside', languages: ['en'], closesOn })
  await api['survey.invite']({ id: survey.id, bodies: [{ name: 'Body' }] })
  await api['webhook.create']({ url: 'https://hooks.example/cairn', events: ['claim.accept'] })
  await api['apikey.create']({ label: 'Register', scopes: ['read'], days: 30 })
  return [shared, asked]
}

async function firstSealed(): Promise<string> {
  for (;;) {
    const { items } = await api['credential.list']({})
    const ready = items.find(({ sealedAt }) => sealedAt)
    if (ready) return ready.id
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The file of the graduates, many small files of other courses beside it, and copies of what learners sent. */
async function fill(): Promise<string[]> {
  const name = (at: number) => `${given[at % given.length]},${family[(at * 7) % family.length]} ${at}`
  const line = (at: number) => `${name(at)},l${at}@learners.example,${1950 + (at % 50)}-0${1 + (at % 9)}-1${at % 10},2026-05-12`
  const tableOf = (from: number, to: number) => {
    const lines = Array.from({ length: to - from }, (_, at) => line(from + at))
    return Buffer.from(['givenName,familyName,email,dateOfBirth,awardDate', ...lines].join('\n'))
  }
  const owner = { tenant, api }
  const { batch } = await confirmFile(owner, { fileName: 'graduates.csv', bytes: tableOf(0, graduates - files * 20) })
  for (let at = 0; at < files; at++) {
    const from = graduates - files * 20 + at * 20
    await confirmFile(owner, { fileName: `course-${at}.csv`, bytes: tableOf(from, from + 20) })
  }
  while ((await query(`select from cairn.batch where state in ('confirmed', 'sealing')`)).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 500))
  await copy('recognition_request', { credential: `'urn:' || n`, email: `n || email`, token_hash: `sha256(n::text::bytea)` })
  await copy('stack_request', { email: `n || email`, token_hash: `sha256(n::text::bytea)` })
  await copy('classroom_claim', { token_hash: `sha256(n::text::bytea)` }, 2000)
  await copy('survey_invitation', { name: `name || ' ' || n`, token_hash: `sha256(n::text::bytea)` }, bodies)
  const credentials = await query<{ id: string }>('select id from cairn.credential order by id limit $1', [others])
  const events = credentials.map(({ id }) => ({ at: new Date().toISOString(), actor: 'learner', name: 'claim.accept', subject: id }))
  await installation.database.tenant(tenant, (tx) => appendEvents(tx, events))
  await copy('specification', {}, courses)
  await query(
    `insert into cairn.edition (tenant, id, specification, version, content, published_at)
      select tenant, to_id, specification, 1, content || jsonb_build_object('id', to_id, 'achievement', 'urn:uuid:' || to_id), published_at from
        (select e.tenant, s.id as specification, e.content, e.published_at, gen_random_uuid() as to_id from cairn.specification s,
          (select * from cairn.edition order by published_at limit 1) e where s.id not in (select specification from cairn.edition)) made`,
  )
  await query('vacuum analyze')
  return [`/batches/${batch}`, `/batches/${batch}?q=muller`, `/batches/${batch}?q=nobody&only=all`, `/batches/${batch}?page=300`]
}

/** Copies the one row of a table under new ids, some columns written anew from the number `n` of the copy. */
async function copy(table: string, anew: Readonly<Record<string, string>>, times = others): Promise<void> {
  const columns = await query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [`cairn.${table}`],
  )
  const names = columns.map(({ name }) => name)
  const values = names.map((name) => (name === 'id' ? 'gen_random_uuid()' : (anew[name] ?? name)))
  await query(
    `insert into cairn.${table} (${names.join(', ')}) select ${values.join(', ')}
      from (select * from cairn.${table} limit 1) one, generate_series(1, ${times - 1}) n`,
  )
}

process.on('message', async (word) => {
  if (word === 'fill') {
    process.send!({ links: await fill() })
  } else {
    await server.stop()
    process.exit(0)
  }
})
process.send!({ address: server.address, links: await furnish() })
