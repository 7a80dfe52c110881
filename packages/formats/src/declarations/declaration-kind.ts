/** Telling declarations from awards: what a page that verifies needs of them before it has one. */
import { type Declaration, declarationTypes, type JsonObject } from '@cairn/core'
import { list } from '../elm/nodes.ts'

/** Which declaration a document is; nothing when it is an award or something else. */
export function declarationKind(document: JsonObject): Declaration['kind'] | undefined {
  const types = list(document.type)
  return (Object.keys(declarationTypes) as Declaration['kind'][]).find((kind) => types.includes(declarationTypes[kind]))
}
