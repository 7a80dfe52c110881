/** Operations of a classroom: opened by who teaches, claimed by who is there, confirmed name by name. */
import { randomInt } from 'node:crypto'
import type { ClassroomAnswer, Handlers } from '@cairn/api'
import { drawStone, fullName, ProblemError, stoneOf, textIn } from '@cairn/core'
import {
  appendEvent,
  type ClassroomRow,
  closeClassroom,
  confirmPresence,
  countClassroomClaims,
  findClassroom,
  findClassroomClaim,
  hasWaitingNotice,
  insertClaims,
  insertClassroom,
  insertClassroomClaim,
  listClassroomClaims,
  listClassrooms,
  readClassroom,
  readClassroomClaim,
  readEdition,
  readInstitution,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId, newToken } from '../context.ts'
import { mappingOf } from '../table-checking/check-table.ts'
import { beginBatch, createBatch, ofTable, todayHere, withTable } from './batch-making.ts'
import { editionTitles } from './edition-titles.ts'

type Own = Pick<
  Handlers<Context>,
  | 'classroom.list'
  | 'classroom.open'
  | 'classroom.read'
  | 'classroom.close'
  | 'classroom.confirm'
  | 'join.read'
  | 'join.claim'
  | 'join.follow'
  | 'join.take'
>

/** No sign looks like another: no O and 0, no I and 1. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const newCode = () => Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join('')
/** The most that claim in one classroom. */
const mostClaims = 2000
/** Columns of the batch that comes of a classroom. */
const header = ['givenName', 'familyName', 'dateOfBirth', 'identifier', 'email', 'language', 'awardDate'] as const

/** Classrooms without their claims, in the order given. */
async function roomAnswers<Row extends ClassroomRow>(context: Context, tx: TenantTransaction, rooms: readonly Row[]) {
  const titles = await editionTitles(
    tx,
    rooms.map(({ edition }) => edition),
  )
  return rooms.map(({ openedName, ...room }) => ({
    ...room,
    title: titles.get(room.edition)!,
    url: `${context.config.publicUrl}/join/${room.code}`,
    openedBy: openedName,
    open: room.batch === undefined && room.closesAt > context.now,
  }))
}

async function answer(context: Context, tx: TenantTransaction, id: string): Promise<ClassroomAnswer> {
  const room = found(await readClassroom(tx, id))
  const claims = (await listClassroomClaims(tx, id)).map(({ id: claim, learner, claimedAt, row }) => {
    const { dateOfBirth, identifier, email } = learner
    const told = { ...(dateOfBirth ? { dateOfBirth } : {}), ...(identifier ? { identifier } : {}), ...(email ? { email } : {}) }
    return { id: claim, learner: fullName(learner), ...told, claimedAt, present: row !== undefined }
  })
  const [summary] = await roomAnswers(context, tx, [room])
  return { ...summary!, claims }
}

/** Work in the open classroom of a code; a closed one and one that never was look the same. */
async function inClassroom<T>(context: Context, code: string, work: (tx: TenantTransaction, room: ClassroomRow) => Promise<T>): Promise<T> {
  const place = found(await findClassroom(context.database, code))
  return context.database.tenant(place.tenant, async (tx) => work(tx, found(await readClassroom(tx, place.id, true))))
}

async function withJoined<T>(
  context: Context,
  token: string,
  work: (tx: TenantTransaction, claim: NonNullable<Awaited<ReturnType<typeof readClassroomClaim>>>) => Promise<T>,
): Promise<T> {
  const place = found(await findClassroomClaim(context.database, token))
  return context.database.tenant(place.tenant, async (tx) => work(tx, found(await readClassroomClaim(tx, place.id))))
}

/** Handlers of the classroom. */
export const classroomHandlers: Own = {
  'classroom.list': (_, context) => asTenant(context, async (tx) => roomAnswers(context, tx, await listClassrooms(tx))),

  'classroom.open': ({ edition, hours }, context) =>
    asTenant(context, async (tx) => {
      found(await readEdition(tx, edition))
      const id = newId()
      const closesAt = new Date(Date.parse(context.now) + hours * 3_600_000).toISOString()
      const { person, name = '' } = context.caller
      while (!(await insertClassroom(tx, { id, edition, code: newCode(), person: person!, name, closesAt }, context.now)));
      await appendEvent(tx, { at: context.now, actor: person!, name: 'classroom.open', subject: id })
      return answer(context, tx, id)
    }),

  'classroom.read': ({ id }, context) => asTenant(context, (tx) => answer(context, tx, id)),

  'classroom.close': ({ id }, context) =>
    asTenant(context, async (tx) => {
      found(await readClassroom(tx, id, true))
      await closeClassroom(tx, id, context.now)
      return answer(context, tx, id)
    }),

  'classroom.confirm': ({ id, present, awardDate }, context) =>
    asTenant(context, async (tx) => {
      const room = found(await readClassroom(tx, id, true))
      if (room.batch) throw new ProblemError('request.conflict', 'Who was there was confirmed before.')
      const wanted = new Set(present)
      const there = (await listClassroomClaims(tx, id)).filter((claim) => wanted.has(claim.id))
      if (there.length !== wanted.size) throw new ProblemError('input.invalid', 'Somebody of these did not claim here.', '/present')
      const { edition } = found(await readEdition(tx, room.edition))
      const rows = there.map(({ learner }, at) => ({
        n: at + 1,
        cells: header.map((field) => (field === 'awardDate' ? awardDate : (learner[field] ?? ''))),
      }))
      const job = { edition, today: await todayHere(context, tx), from: { kind: 'rows', rows, mapping: mappingOf(header) } } as const
      const begun = beginBatch(context, room.edition, room.code)
      const made = await withTable(job, (table) => createBatch(context, tx, { ...begun, ...ofTable(table.facts, header) }, table))
      await confirmPresence(
        tx,
        id,
        made.id,
        there.map((claim) => claim.id),
      )
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'classroom.confirm', subject: id })
      return made
    }),

  'join.read': ({ code }, context) =>
    inClassroom(context, code, async (tx, room) => {
      const { edition } = found(await readEdition(tx, room.edition))
      const { specification } = edition
      const { organisation } = found(await readInstitution(tx))
      return {
        institution: organisation.legalName,
        title: textIn(specification.title, specification.primaryLanguage),
        stone: drawStone(stoneOf(specification, edition.achievement)).svg,
        needsBirth: specification.kind === 'micro-credential',
        closesAt: room.closesAt,
      }
    }),

  'join.claim': ({ code, learner }, context) =>
    inClassroom(context, code, async (tx, room) => {
      const { specification } = found(await readEdition(tx, room.edition)).edition
      if (specification.kind === 'micro-credential' && !learner.dateOfBirth && !learner.identifier)
        throw new ProblemError('input.invalid', 'A date of birth or an identifier is needed besides the name.', '/learner/dateOfBirth')
      if ((await countClassroomClaims(tx, room.id)) >= mostClaims)
        throw new ProblemError('request.conflict', 'So many have claimed here that nobody else can.')
      const token = newToken()
      await insertClassroomClaim(tx, { id: newId(), classroom: room.id, token, learner }, context.now)
      return { token }
    }),

  'join.follow': ({ token }, context) =>
    withJoined(context, token, async (tx, claim) => {
      const room = found(await readClassroom(tx, claim.classroom))
      const { specification } = found(await readEdition(tx, room.edition)).edition
      const { organisation } = found(await readInstitution(tx))
      const state =
        room.batch === undefined ? 'waiting' : claim.row === undefined ? 'absent' : claim.credential === undefined ? 'confirmed' : 'sealed'
      return {
        institution: organisation.legalName,
        title: textIn(specification.title, specification.primaryLanguage),
        learner: fullName(claim.learner),
        // While its batch can still be cancelled nobody is told.
        state: claim.credential && (await hasWaitingNotice(tx, claim.credential)) ? ('confirmed' as const) : (state as 'waiting'),
      }
    }),

  'join.take': ({ token }, context) =>
    withJoined(context, token, async (tx, { credential }) => {
      if (!credential || (await hasWaitingNotice(tx, credential)))
        throw new ProblemError('request.conflict', 'It is not sealed yet. Look again in a moment.')
      const link = newToken()
      await insertClaims(tx, [{ id: newId(), credential, token: link }], context.now)
      return { url: `${context.config.publicUrl}/claim/${link}` }
    }),
}
