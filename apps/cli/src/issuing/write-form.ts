/** A signed form as files. */
import { type Edition, ProblemError } from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import { bakePng } from '@cairn/formats'
import type { AwardForm } from '@cairn/issuing'
import type { FormatWriter } from './format-writer.ts'

/** Files that hold what was signed and nothing else. */
export function writeForm({ sign, lint }: AwardForm, ending: string): FormatWriter {
  return { write: async (award) => ({ fileName: `${award.name}.${ending}`, bytes: await sign(award) }), lint }
}

/** Badges baked into the picture of the edition. Raises `input.invalid` when it has none that can hold one. */
export async function writeBakedBadge({ sign, lint }: AwardForm, edition: Edition): Promise<FormatWriter> {
  const [image] = await renderDisplayImages(edition)
  if (image?.mediaType !== 'image/png')
    throw new ProblemError('input.invalid', 'There is no PNG picture of this edition to bake a badge into.')
  const picture = new Uint8Array(Buffer.from(image.base64, 'base64'))
  return {
    write: async (award) => ({ fileName: `${award.name}.badge.png`, bytes: bakePng(picture, new TextDecoder().decode(await sign(award))) }),
    lint,
  }
}
