/** Where an award belongs, loaded only where somebody asks: the table of countries behind it is no small part of a page. */
import type { AwardScope, JsonObject } from '@cairn/core'
import { scopeOfElm } from '@cairn/formats'

/** Reads the scope of a European Digital Credential; never throws. */
export function readScope(document: JsonObject): AwardScope {
  return scopeOfElm(document)
}
