/** What is shown of a W3C credential that is secured as a token: by the reader that knows its type best. */
import type { JsonObject, SignedView } from '@cairn/core'
import { readElm, readOpenBadge, readW3c } from '@cairn/formats'

/** The view of a document by its types (R-DISP-1). */
export function viewOfDocument(document: JsonObject): SignedView {
  const types = Array.isArray(document.type) ? document.type : [document.type]
  if (types.includes('OpenBadgeCredential') || types.includes('AchievementCredential')) return readOpenBadge(document)
  return types.includes('EuropeanDigitalCredential') ? readElm(document) : readW3c(document)
}
