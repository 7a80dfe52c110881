/** From a sealed document to the declaration in it. Written by hand: a page that verifies loads no schemas. */
import { bareView, type Declaration, isObject, type Json, type JsonObject, ProblemError, type SignedView } from '@cairn/core'
import { nodes, text, textOf } from '../elm/nodes.ts'

type Kind = Declaration['kind']
type Form = 'text' | 'text or nothing' | 'texts' | 'object' | 'list'

/** What every declaration of a kind has, and how. More may be there. */
const members: Readonly<Record<Kind, Readonly<Record<string, Form>>>> = {
  decision: {
    learner: 'text',
    purpose: 'text',
    target: 'object',
    credentials: 'list',
    outcome: 'text',
    grants: 'list',
    conditions: 'texts',
    reasons: 'texts',
    policies: 'list',
    decidedAt: 'text',
    replay: 'text',
  },
  pathway: { pathway: 'object', hash: 'text' },
  'stack-receipt': {
    learner: 'text',
    award: 'text or nothing',
    pathway: 'object',
    asOf: 'text',
    parts: 'list',
    facts: 'list',
    answer: 'object',
    decidedAt: 'text',
    decidedBy: 'text',
  },
}

const has: Readonly<Record<Form, (value: Json | undefined) => boolean>> = {
  text: (value) => typeof value === 'string',
  'text or nothing': (value) => value === undefined || typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  object: isObject,
  list: (value) => Array.isArray(value) && value.every(isObject),
}

/** The declaration of a document. Raises `format.unreadable` with a pointer where it is not as its kind has to be. */
export function readDeclaration(document: JsonObject, kind: Kind): Declaration {
  const content = isObject(document.declaration) ? document.declaration : {}
  for (const [name, form] of Object.entries(members[kind]))
    if (!has[form](content[name]))
      throw new ProblemError('format.unreadable', 'The declaration lacks what its kind has to say.', `/declaration/${name}`)
  return { kind, ...content } as unknown as Declaration
}

/** What is shown of a declaration: its title and whom it is about, who declares it, and all of it. */
export function viewOfDeclaration(document: JsonObject, kind: Kind): SignedView {
  const declaration = readDeclaration(document, kind)
  const [issuer] = nodes(document.issuer)
  const name = textOf(issuer?.legalName, ['en']) ?? ''
  return bareView({
    id: text(document.id) ?? '',
    title: titleOf(declaration),
    learner: declaration.kind === 'pathway' ? '' : declaration.learner,
    awardingBody: name,
    issuer: name,
    issued: text(document.issued) ?? '',
    validFrom: text(document.validFrom) ?? '',
    declaration,
  })
}

function titleOf(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'decision':
      return textOf(declaration.target.title as Json, ['en']) ?? ''
    case 'pathway':
      return textOf(declaration.pathway.title as Json, ['en']) ?? ''
    case 'stack-receipt':
      return textOf(declaration.pathway.content?.title as Json | undefined, ['en']) ?? ''
  }
}
