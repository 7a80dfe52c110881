/** Operations of design: specifications and their immutable editions. */
import { AchievementSpecification, BadgeDesign, Kind, LangString, LanguageTag, Uuid } from '@cairn/core'
import { z } from 'zod'
import { EditionAnswer, EditionLine, SpecificationAnswer, SpecificationLine } from './answers.ts'
import { Done, operation, page, staff } from './operation.ts'

const byId = z.strictObject({ id: Uuid })
const designers = ['owner', 'designer'] as const

export const designOperations = {
  'specification.list': operation({
    method: 'GET',
    path: '/specifications',
    summary: 'List specifications',
    roles: staff,
    input: z
      .strictObject({ archived: z.stringbool().optional(), page: page.page, size: z.coerce.number().int().min(1).max(1000).default(1000) })
      .meta({ id: 'SpecificationQuery' }),
    output: z.array(SpecificationLine).meta({ id: 'SpecificationLines' }),
    problems: [],
  }),
  'specification.create': operation({
    method: 'POST',
    path: '/specifications',
    summary: 'Begin a specification',
    roles: designers,
    input: z.strictObject({ kind: Kind, title: LangString, primaryLanguage: LanguageTag }).meta({ id: 'SpecificationBegin' }),
    output: SpecificationAnswer,
    problems: ['input.invalid'],
  }),
  'specification.read': operation({
    method: 'GET',
    path: '/specifications/:id',
    summary: 'Read a draft with its findings',
    roles: staff,
    input: byId,
    output: SpecificationAnswer,
    problems: ['request.not-found'],
  }),
  'specification.save': operation({
    method: 'PUT',
    path: '/specifications/:id',
    summary: 'Save a draft',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision: z.int().min(0), draft: AchievementSpecification }).meta({ id: 'SpecificationSave' }),
    output: SpecificationAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
    maxBody: 4 * 1024 * 1024,
  }),
  'specification.badge': operation({
    method: 'PUT',
    path: '/specifications/:id/badge',
    summary: 'Set the picture of a draft (PNG, JPEG or SVG; drawn anew as PNG), or a design in which it is the logo, or take it away',
    roles: designers,
    input: z
      .strictObject({ id: Uuid, revision: z.int().min(0), base64: z.base64().max(2_800_000).optional(), design: BadgeDesign.optional() })
      .meta({ id: 'SpecificationBadge' }),
    output: SpecificationAnswer,
    problems: ['input.invalid', 'input.too-large', 'request.not-found', 'request.conflict', 'badge.unreadable', 'badge.not-safe'],
    maxBody: 4 * 1024 * 1024,
  }),
  'specification.copy': operation({
    method: 'POST',
    path: '/specifications/:id/copy',
    summary: 'Copy a specification',
    roles: designers,
    input: byId,
    output: SpecificationAnswer,
    problems: ['request.not-found'],
  }),
  'specification.publish': operation({
    method: 'POST',
    path: '/specifications/:id/publish',
    summary: 'Publish an immutable edition',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision: z.int().min(0) }).meta({ id: 'SpecificationPublish' }),
    output: EditionAnswer,
    problems: ['request.not-found', 'request.conflict', 'specification.not-complete'],
  }),
  'specification.archive': operation({
    method: 'POST',
    path: '/specifications/:id/archive',
    summary: 'Put a specification away, or take it back',
    roles: designers,
    input: z.strictObject({ id: Uuid, archived: z.boolean() }).meta({ id: 'SpecificationArchive' }),
    output: Done,
    problems: ['request.not-found'],
  }),
  'edition.list': operation({
    method: 'GET',
    path: '/editions',
    summary: 'List published editions',
    roles: staff,
    input: z.strictObject({}),
    output: z.array(EditionLine).meta({ id: 'EditionLines' }),
    problems: [],
  }),
  'edition.read': operation({
    method: 'GET',
    path: '/editions/:id',
    summary: 'Read an edition',
    roles: staff,
    input: byId,
    output: EditionAnswer,
    problems: ['request.not-found'],
  }),
  'edition.show': operation({
    method: 'GET',
    path: '/catalogue/:id',
    summary: 'The public page of an edition',
    roles: ['anonymous'],
    input: byId,
    output: EditionAnswer,
    problems: ['request.not-found'],
  }),
} as const
