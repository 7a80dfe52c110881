/** What preparing an edition gives. */
import type { AwardGiven, Edition, Issuer, RuleFinding } from '@cairn/core'
import type { PreparedDocument } from './elm-stencil.ts'
import type { PreparedText } from './slots.ts'

/** An edition prepared for `composeElm`: texts cut at the learner's places. */
export interface PreparedElm {
  readonly edition: Edition
  readonly issuer: Issuer
  readonly document: PreparedDocument
  readonly parts: ReadonlyMap<string, PreparedText>
  readonly partGrades: ReadonlyMap<string, PreparedText>
  readonly remark: PreparedText
  /** JSON text of the language map that says "passed". */
  readonly passed: string
  /** The rules for one award, made ready. */
  readonly lint: (award: AwardGiven, on: string) => RuleFinding[]
}
