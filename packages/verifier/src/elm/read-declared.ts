/** What a declaration says, loaded only where somebody has one: most who verify never do. */
import type { Declaration, JsonObject, SignedView } from '@cairn/core'
import { viewOfDeclaration } from '@cairn/formats'

/** The view of a declaration of this kind. Raises `format.unreadable`. */
export function readDeclared(document: JsonObject, kind: Declaration['kind']): SignedView {
  return viewOfDeclaration(document, kind)
}
