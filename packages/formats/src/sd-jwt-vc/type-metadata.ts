/** The published description of our types of credential (SD-JWT VC type metadata): what a wallet calls and draws them by. */
import type { JsonObject } from '@cairn/core'
import { claimLabels, typeWords } from './labels.ts'
import { type ClaimTerm, claimTerms, learningCredentialType, microCredentialType } from './terms.ts'

/** A claim as type metadata describes it. `path` is names, places, or `null` for every element. */
export interface ClaimMetadata {
  path: readonly (string | number | null)[]
  display: readonly { locale: string; label: string; description?: string }[]
  mandatory: boolean
  sd: 'always' | 'allowed' | 'never'
  svg?: string
}

/** Type metadata as read, own and inherited rules together once extended. */
export interface TypeMetadata {
  vct: string
  name?: string
  description?: string
  extends?: string
  extendsIntegrity?: string
  display: readonly { locale: string; name: string; description?: string }[]
  claims: readonly ClaimMetadata[]
}

const languages = ['en', 'cs', 'ar'] as const
const colours = { background: '#17324d', text: '#ffffff' } as const

/**
 * The type metadata of the European learning credential as we issue it, or of our own type, which extends it. `extendsIntegrity` is the integrity of
 * the extended document as it is published. The result is JSON; its integrity is made over the very bytes that are published.
 */
export function composeTypeMetadata(
  given: { type: 'learning-credential' } | { type: 'micro-credential'; vct?: string; extendsIntegrity: string },
): JsonObject {
  const own = given.type === 'micro-credential'
  const terms = claimTerms.filter(({ european }) => (european === 'absent') === own)
  const words = typeWords[given.type]
  return {
    vct: own ? (given.vct ?? microCredentialType) : learningCredentialType,
    name: words.en.name,
    description: words.en.description,
    ...(own ? { extends: learningCredentialType, 'extends#integrity': given.extendsIntegrity } : {}),
    display: languages.map((language) => ({
      // Drafts before the fourteenth say `lang`, and wallets in use read it.
      locale: language,
      lang: language,
      ...words[language],
      rendering: {
        simple: { background_color: colours.background, text_color: colours.text },
        ...(own ? {} : { svg_templates: [{ uri: svgAddress(language === 'ar') }] }),
      },
    })),
    claims: terms.map(claimMetadata),
  }
}

function claimMetadata({ name, european, hidden, svg }: ClaimTerm): JsonObject {
  return {
    path: [name],
    display: languages.map((language) => ({ locale: language, lang: language, label: claimLabels[name]![language] })),
    // The European type demands claims that not every achievement has: whoever has no level or number says none, and is not made to invent one.
    mandatory: european === 'mandatory' && !hidden && name !== 'language_of_classes',
    sd: hidden ? 'always' : 'never',
    ...(svg === undefined ? {} : { svg_id: svg }),
  }
}

/** The template as a data address: nobody is asked for it, so nobody learns who looks at a credential. Placeholders stand in text alone. */
function svgAddress(rightToLeft: boolean): string {
  const at = rightToLeft ? 'x="572" text-anchor="end" direction="rtl"' : 'x="28"'
  const line = (y: number, size: number, text: string, weight = 400) =>
    `<text ${at} y="${y}" font-family="sans-serif" font-size="${size}" font-weight="${weight}" fill="${colours.text}">${text}</text>`
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380">' +
    `<rect width="600" height="380" rx="24" fill="${colours.background}"/>` +
    line(70, 18, '{{issuer}}') +
    line(180, 34, '{{title}}', 700) +
    line(330, 18, '{{issued}}') +
    '</svg>'
  return `data:image/svg+xml;base64,${btoa(svg)}`
}
