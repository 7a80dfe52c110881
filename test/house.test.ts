/** The house rules, as a test: who may import whom, what a pure room may not touch, and no knots. See docs/ARCHITECTURE.md. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const libraries = [
  'core',
  'formats',
  'seals',
  'verifier',
  'online',
  'store',
  'api',
  'keys',
  'documents',
  'sheets',
  'trustlists',
  'issuing',
] as const

/** Which rooms each room may import. Arrows never turn round; no room imports an app. */
const may: Record<string, readonly string[]> = {
  core: [],
  formats: ['core'],
  seals: ['core'],
  store: ['core'],
  api: ['core'],
  sheets: ['core'],
  verifier: ['core', 'formats', 'seals', 'trustlists'],
  trustlists: ['core', 'seals'],
  issuing: ['core', 'formats', 'seals'],
  online: ['core', 'formats', 'seals', 'verifier', 'trustlists'],
  keys: ['core', 'seals', 'online'],
  documents: ['core', 'formats', 'seals'],
  testkit: libraries,
  server: [...libraries, 'testkit'],
  web: ['core', 'formats', 'seals', 'verifier', 'api'],
  cli: ['core', 'formats', 'seals', 'verifier', 'online', 'api', 'keys', 'documents', 'sheets', 'trustlists', 'issuing', 'testkit'],
}
const pure = new Set(['core', 'formats', 'seals', 'verifier', 'trustlists', 'issuing', 'api'])
const outside = /\bfetch\(|from 'node:(?!crypto|zlib)|process\.|Date\.now\(\)|new Date\(\)|Math\.random\(|randomUUID\(|randomBytes\(/
/** Rooms that no room may bind statically: `await import()` only, so that it never runs in production unasked. */
const dynamicOnly: Record<string, string> = { server: 'testkit', cli: 'testkit' }

const rooms = Object.keys(may).map((name) => ({
  name,
  folder: ['server', 'web', 'cli'].includes(name) ? `apps/${name}` : `packages/${name}`,
}))
const isTest = (file: string) => /\.test\.ts$|\/vectors\//.test(file)

function sources(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'paraglide', 'build', '.svelte-kit'].includes(entry.name) ? [] : sources(name)
    return /\.(ts|svelte)$/.test(name) ? [name] : []
  })
}
/** Source without comments, so that words in prose are not mistaken for code. */
const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '')
const statement = /^\s*(?:import|export)\s+(?:type\s+)?(?:[\w$*{},\s]+?\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm
const imports = (text: string) => [...text.matchAll(statement)].map((m) => ({ from: (m[1] ?? m[2])!, dynamic: m[2] !== undefined }))

for (const { name, folder } of rooms) {
  const files = sources(path.join(root, folder, 'src'))
  if (files.length === 0) continue

  test(`${name} imports only ${may[name]!.join(', ') || 'nothing of ours'}, and declares what it imports`, () => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
    const declared = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
    const inTests = {
      ...declared,
      ...manifest.devDependencies,
      ...JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies,
    }
    for (const file of files) {
      const where = path.relative(root, file)
      for (const { from, dynamic } of imports(code(file))) {
        if (from.startsWith('.')) {
          const target = path.resolve(path.dirname(file), from)
          expect(target.startsWith(path.join(root, folder) + path.sep), `${where} reaches out of its room: ${from}`).toBe(true)
          continue
        }
        const other = /^@cairn\/([a-z]+)(\/.*)?$/.exec(from)
        if (other) {
          expect(other[2], `${where} imports inside @cairn/${other[1]}`).toBeUndefined()
          if (!isTest(file)) expect(may[name], `${where} imports @cairn/${other[1]}`).toContain(other[1])
          if (!isTest(file) && dynamicOnly[name] === other[1]) expect(dynamic, `${where} binds ${from} statically`).toBe(true)
        }
        if (from.startsWith('node:') || from.startsWith('#') || from.startsWith('$') || name === 'web') continue
        const dependency = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]!
        if (isTest(file) && other) continue
        expect(
          Object.keys(isTest(file) ? inTests : declared),
          `${where} imports ${dependency}, which ${folder}/package.json does not declare`,
        ).toContain(dependency)
      }
    }
  })

  if (pure.has(name))
    test(`${name} is pure: no clock, no random, no input or output`, () => {
      for (const file of files.filter((f) => !isTest(f))) expect(outside.exec(code(file))?.[0], path.relative(root, file)).toBeUndefined()
    })

  test(`${name} has no import knots, no barrels inside, no file over 500 lines`, () => {
    const graph = new Map(
      files
        .filter((f) => !isTest(f))
        .map((f) => [
          f,
          imports(code(f))
            .filter((i) => i.from.startsWith('.') && !i.dynamic)
            .map((i) => path.resolve(path.dirname(f), i.from)),
        ]),
    )
    const done = new Set<string>()
    const visit = (file: string, trail: string[]): void => {
      expect(trail.includes(file), `a knot: ${[...trail, file].map((f) => path.relative(root, f)).join(' -> ')}`).toBe(false)
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    const index = files.filter((f) => path.basename(f) === 'index.ts' && !f.includes('/routes/'))
    if (folder.startsWith('packages/')) expect(index.map((f) => path.relative(root, f))).toEqual([`${folder}/src/index.ts`])
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      expect(text, `${path.relative(root, file)} re-exports everything`).not.toMatch(/export \* from/)
      if (!/vocabular|vectors|\.test\.ts$/.test(file)) expect(text.split('\n').length, path.relative(root, file)).toBeLessThanOrEqual(500)
    }
  })
}

/** Who may open a socket to somebody else, or wait for one: nobody but these, each for its reason (R-SSRF-1). */
const sockets: Record<string, string> = {
  'packages/online/src/fetch-safely.ts': 'the one door',
  'packages/online/src/special-addresses.ts': 'lists of addresses, no socket',
  'apps/server/src/http/metrics.ts': 'listens',
  'apps/server/src/start-server.ts': 'listens',
}
test('R-SSRF-1: nothing is fetched but through the one door', () => {
  const connects =
    /^import (?!type\b)[^;'"]*'node:(http|https|http2|net|tls|dgram)'|(?<![.\w])fetch\(|\bglobalThis\.fetch\b|new WebSocket\(/m
  const found = rooms
    .filter(({ name }) => !['web', 'testkit'].includes(name))
    .flatMap(({ folder }) => sources(path.join(root, folder, 'src')))
    .filter((file) => !isTest(file) && connects.test(code(file)))
    .map((file) => path.relative(root, file))
  expect(found.sort()).toEqual(Object.keys(sockets).sort())
})

test('names: no Service, Manager, Helper, Util, Base or Dto', () => {
  for (const { folder } of rooms)
    for (const file of sources(path.join(root, folder, 'src')))
      expect(path.basename(file), path.relative(root, file)).not.toMatch(/(service|manager|helper|util|dto|misc|common)s?(\.|-|$)/i)
})
