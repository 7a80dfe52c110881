/** Every page of the console as a registrar sees it: with 20,000 graduates, beside the same pages of an institution that has just begun. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@cairn/testkit'
import type { Row } from './measure.ts'
import { cpuOf } from './processes.ts'

/** What a page takes: milliseconds of CPU, of the server and of its database, and until the answer is there. */
interface Taken {
  own: number
  below: number
  wait: number
  bytes: number
}

const cpuAim = 100
const waitAim = 250

/** The five slowest pages, and how many there are; with words in `CAIRN_BENCH_PAGES` every page whose name has one of them. */
export async function benchRooms(): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-bench-'))
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const env = { ...process.env, PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' }
  const child = fork(path.join(import.meta.dirname, 'rooms-process.ts'), { env, execArgv: ['--conditions=cairn-source'] })
  try {
    const { address, links } = await said<{ address: string; links: string[] }>(child)
    const cookie = await signIn(address)
    const before = await walk(address, cookie, child.pid!, links)
    child.send('fill')
    const filled = await said<{ links: string[] }>(child)
    const pages = await walk(address, cookie, child.pid!, [...filled.links, ...links])
    return rowsOf(pages, before)
  } finally {
    if (child.connected) child.send('end')
    await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(undefined)))
    rmSync(folder, { recursive: true, force: true })
  }
}

const said = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })

async function signIn(address: string): Promise<string> {
  const answer = await fetch(`${address}/sign-in?/demonstration`, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams({ role: 'owner' }),
    redirect: 'manual',
  })
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  if (cookies.length === 0) throw new Error(`Nobody was signed in: ${answer.status}.`)
  return cookies.join('; ')
}

/** Searches and far pages that no link leads to. */
const asked = [
  '/events?whole',
  '/credentials?q=muller',
  '/credentials?q=l15000@learners.example',
  '/credentials?q=nobody+of+this+name',
  '/credentials?q=a+m&state=sealed',
  '/credentials?page=400',
  '/outbox?q=l15000',
  '/outbox?q=nobody+of+this+name',
  '/outbox?page=200',
  '/recognition?page=100',
  '/recognition?q=eva',
  '/pathways?q=eva',
]

/** Follows every link from the home page, one of each kind, and takes the time of each page. */
async function walk(address: string, cookie: string, pid: number, links: readonly string[]): Promise<Map<string, Taken>> {
  const taken = new Map<string, Taken>()
  const waiting = ['/home', ...asked, ...links.map((link) => link.replace(address, ''))]
  const known = new Set<string>()
  for (let at = 0; at < waiting.length; at++) {
    const where = waiting[at]!
    const name = kindOf(where)
    if (known.has(name)) continue
    known.add(name)
    const { page, status } = await ask(address + where, cookie)
    if (status !== 200) throw new Error(`${where} answered ${status}.`)
    if (page === undefined) continue
    taken.set(name, await timed(address + where, cookie, pid))
    for (const [tag, link] of page.matchAll(/<a [^>]*?href="([^"#]+)[^>]*>/g)) {
      // Files are not pages.
      if (/ download\b/.test(tag)) continue
      const url = new URL(link!.replaceAll('&amp;', '&'), address + where)
      if (url.origin === address) waiting.push(url.pathname + url.search)
    }
  }
  return taken
}

/** An address without what tells one of a kind from another. */
function kindOf(where: string): string {
  if (asked.includes(where)) return where
  const { pathname, searchParams } = new URL(where, 'http://any')
  const query = [...searchParams].map(([name, value]) => (/^(form|only|state)$/.test(name) ? `${name}=${value}` : name)).sort()
  return pathname.replaceAll(/[0-9a-f-]{36}/g, '[id]').replaceAll(/\/[\w-]{22,}/g, '/[token]') + (query.length ? `?${query.join('&')}` : '')
}

/** The text of a page; nothing where the answer is a file. */
async function ask(url: string, cookie: string): Promise<{ page: string | undefined; status: number }> {
  const answer = await fetch(url, { headers: { cookie, accept: 'text/html' } })
  const body = await answer.text()
  return { page: answer.headers.get('content-type')?.startsWith('text/html') ? body : undefined, status: answer.status }
}

/** As many times as fit into half a second, at least five; CPU is counted in hundredths of a second. */
async function timed(url: string, cookie: string, pid: number): Promise<Taken> {
  await ask(url, cookie)
  const waits: number[] = []
  let bytes = 0
  const before = cpuOf(pid)
  for (const from = performance.now(); waits.length < 5 || performance.now() - from < 500; ) {
    const began = performance.now()
    bytes = (await ask(url, cookie)).page!.length
    waits.push(performance.now() - began)
  }
  const after = cpuOf(pid)
  const each = (part: 'own' | 'below') => ((after[part] - before[part]) / waits.length) * 1000
  return { own: each('own'), below: each('below'), wait: waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)]!, bytes }
}

function rowsOf(pages: ReadonlyMap<string, Taken>, before: ReadonlyMap<string, Taken>): Row[] {
  const cpu = ({ own, below }: Taken) => own + below
  const wanted = process.env.CAIRN_BENCH_PAGES?.split(' ')
  const slowest = [...pages]
    .sort(([, a], [, b]) => cpu(b) - cpu(a))
    .filter(([name], at) => (wanted ? wanted.some((word) => name.includes(word)) : at < 5))
  const figure = (taken: Taken) =>
    `CPU ${cpu(taken).toFixed(0)} ms (PostgreSQL ${taken.below.toFixed(0)}), answer after ${taken.wait.toFixed(0)} ms, ${Math.ceil(taken.bytes / 1000)} KB`
  const isMet = (taken: Taken) => cpu(taken) <= cpuAim && taken.wait <= waitAim
  return [
    ...slowest.map(([name, taken]) => {
      const least = before.get(name)
      return {
        what: name,
        figure: figure(taken),
        ...(least ? { floor: `just begun: ${cpu(least).toFixed(0)} ms`, ratio: cpu(taken) / cpu(least) } : {}),
        aim: `CPU ${cpuAim} ms, answer ${waitAim} ms`,
        met: isMet(taken),
      }
    }),
    {
      what: `${pages.size} pages with 20,000 graduates`,
      figure: `${[...pages.values()].filter(isMet).length} within both aims`,
      aim: 'all',
      met: [...pages.values()].every(isMet),
    },
  ]
}
