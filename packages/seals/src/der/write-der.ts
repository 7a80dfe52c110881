/** The few elements of DER that are written here. */
import { joinBytes } from '../base64.ts'

/** An element of this tag around its parts, length in shortest form. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joinBytes(...parts)
  const length: number[] = []
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest & 0xff)
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length]
  return joinBytes(new Uint8Array(head), content)
}
