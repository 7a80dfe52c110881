/** Changes to inputs: of bytes, of lines of JSON, and of two inputs crossed. All from one seed, so that a run can be repeated. */

import { randomFrom } from '@cairn/testkit'

/** Random whole numbers below a bound. */
export type Random = (below: number) => number

export function randomOf(seed: number): Random {
  const next = randomFrom(seed)
  return (below) => Math.floor(next() * below)
}

const numbers = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]
const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1e21, 2 ** 53, '', ' ', 'x', '__proto__', 'constructor', 'é\u202e\u0000', '\ud800'],
  ...[[], {}, [[]], [null], { id: 'x' }, { '@value': 'x', '@type': '@json' }, { '@list': [1] }, { '@id': '_:b0' }, { '@set': [] }],
  ...['data:application/vc+jwt,a.b.c', 'did:key:z6Mk', 'https://a.example', '2026-02-30T25:61:61Z', 'z', 'u', 'u!', '+9e999'],
  'a'.repeat(5000),
]
const most = 64 * 1024

/** An input, changed once or a few times. `words` are pieces that other inputs are made of. */
export function mutate(
  input: Uint8Array,
  kind: 'bytes' | 'json',
  pool: readonly Uint8Array[],
  words: readonly string[],
  random: Random,
): Uint8Array {
  let changed = input
  for (let times = 1 + random(random(4) + 1); times > 0; times--)
    changed = kind === 'json' && random(5) > 0 ? mutateLines(changed, pool, words, random) : mutateBytes(changed, pool, words, random)
  return changed.subarray(0, most)
}

function mutateBytes(input: Uint8Array, pool: readonly Uint8Array[], words: readonly string[], random: Random): Uint8Array {
  const at = random(input.length + 1)
  const length = 1 + random(Math.min(64, input.length + 1))
  const part = (from: Uint8Array) => {
    const start = random(from.length + 1)
    return from.subarray(start, start + 1 + random(64))
  }
  const put = (piece: Uint8Array, instead: number) => {
    const out = new Uint8Array(at + piece.length + Math.max(0, input.length - at - instead))
    out.set(input.subarray(0, at))
    out.set(piece, at)
    out.set(input.subarray(at + instead), at + piece.length)
    return out
  }
  switch (random(8)) {
    case 0:
      return put(Uint8Array.of((input[at] ?? 0) ^ (1 << random(8))), 1)
    case 1:
      return put(Uint8Array.of(random(256)), random(2))
    case 2:
      return put(new Uint8Array(0), length)
    case 3:
      return put(part(pool[random(pool.length)] ?? input), random(2) * length)
    case 4:
      return put(new TextEncoder().encode(words[random(words.length)] ?? 'x'), random(2) * length)
    case 5: {
      const number = new DataView(new ArrayBuffer(4))
      number.setUint32(0, numbers[random(numbers.length)]!, random(2) === 0)
      const width = [1, 2, 4][random(3)]!
      return put(new Uint8Array(number.buffer).subarray(4 - width), width)
    }
    case 6: {
      const piece = part(input)
      const again = 1 + random(200)
      const out = new Uint8Array(piece.length * again)
      for (let n = 0; n < again; n++) out.set(piece, n * piece.length)
      return put(out, 0)
    }
    default:
      return put(Uint8Array.of(((input[at] ?? 0) + random(71) - 35) & 255), 1)
  }
}

/** Each line is a value of JSON: one of them is changed where it is one. */
function mutateLines(input: Uint8Array, pool: readonly Uint8Array[], words: readonly string[], random: Random): Uint8Array {
  const text = new TextDecoder().decode(input)
  const lines = text.includes('\n{') || text.includes('\n"') ? text.split('\n') : [text]
  const at = random(lines.length)
  try {
    const other = () => JSON.parse(new TextDecoder().decode(pool[random(pool.length)] ?? input).split('\n')[0]!)
    lines[at] = JSON.stringify(mutateValue(JSON.parse(lines[at]!), words, random, other))
  } catch {
    return mutateBytes(input, pool, words, random)
  }
  return new TextEncoder().encode(lines.join('\n'))
}

type Node = Record<string, unknown> | unknown[]
function mutateValue(root: unknown, words: readonly string[], random: Random, other: () => unknown): unknown {
  const places: [Node, string | number][] = []
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 60) return
    for (const key of Object.keys(value)) {
      places.push([value as Node, key])
      walk((value as Record<string, unknown>)[key], depth + 1)
    }
  }
  const whole = { root }
  walk(whole, 0)
  const [holder, key] = places[random(places.length)]!
  const node = holder as Record<string, unknown>
  const word = words[random(words.length)] ?? 'x'
  const found = node[key]
  switch (random(9)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else if (holder !== whole) delete node[key]
      break
    case 1:
      node[key] = values[random(values.length)]
      break
    case 2:
      node[key] = word
      break
    case 3:
      node[key] = [found, values[random(values.length)]]
      break
    case 4:
      node[key] = { [word]: found }
      break
    case 5:
      if (typeof found === 'object' && found !== null && !Array.isArray(found))
        (found as Record<string, unknown>)[word] = values[random(values.length)]
      break
    case 6: {
      const [from, name] = places[random(places.length)]!
      node[key] = structuredClone((from as Record<string, unknown>)[name])
      break
    }
    case 7:
      try {
        node[key] = other()
      } catch {
        node[key] = word
      }
      break
    default:
      if (typeof found === 'string') {
        const cut = random(found.length + 1)
        node[key] = found.slice(0, cut) + word.slice(0, random(8)) + found.slice(cut + random(3))
      } else if (typeof found === 'number') node[key] = found + numbers[random(numbers.length)]! * (random(2) ? 1 : -1)
      else if (Array.isArray(found)) node[key] = Array.from({ length: 1 + random(300) }, () => found[0])
  }
  return whole.root
}

/** Words of inputs: strings of JSON, names of XML and PDF, and short pieces of text. */
export function wordsOf(inputs: readonly Uint8Array[]): string[] {
  const found = new Set<string>()
  for (const input of inputs) {
    const text = new TextDecoder('latin1').decode(input.subarray(0, 100_000))
    for (const [, name] of text.matchAll(/"([^"\\\n]{1,80})"|<\/?[a-zA-Z:]{1,30}/g)) if (name) found.add(name)
    for (const [word] of text.matchAll(/\/[A-Z][A-Za-z0-9]{1,20}|\b[A-Za-z_:@]{3,24}\b/g)) found.add(word)
    if (found.size > 4000) break
  }
  return [...found]
}
