/** Asking a server the same thing again and again over kept connections, from this process, for a bounded time. */
import { Agent, get } from 'node:http'

/** Requests a second, and the time that 95 of 100 requests stayed under, in milliseconds. */
export interface Load {
  perSecond: number
  p95: number
}

/** The same, with how many were refused. */
export interface LoadAtRate extends Load {
  refused: number
}

/** Asks `address` over `connections` connections for `seconds`. Raises an Error at the first answer that is not 200. */
export async function loadOf(address: string, connections: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  const from = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const asked = performance.now()
        await ask(address, agent)
        times.push(performance.now() - asked)
      }
    }),
  )
  const elapsed = (performance.now() - from) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: times.length / elapsed, p95: times[Math.floor(times.length * 0.95)] ?? Number.NaN }
}

/**
 * Asks `address` `wanted` times a second for `seconds`, whether answers come or not, and counts the time from when each was due: what waits behind a slow one
 * waited too. Only answers of 200 are counted as such.
 */
export async function atRate(address: string, wanted: number, seconds: number): Promise<LoadAtRate> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const times: number[] = []
  const from = performance.now()
  const asked: Promise<void>[] = []
  let refused = 0
  for (let at = 0; at < wanted * seconds; ) {
    const due = Math.min(wanted * seconds, ((performance.now() - from) / 1000) * wanted)
    for (; at < due; at++) {
      const dueAt = from + (at / wanted) * 1000
      const answered = () => void times.push(performance.now() - dueAt)
      asked.push(ask(address, agent).then(answered, () => void refused++))
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(asked)
  const elapsed = (performance.now() - from) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return { perSecond: times.length / elapsed, p95: times[Math.floor(times.length * 0.95)] ?? Number.NaN, refused }
}

function ask(address: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: { accept: 'text/html' } }, (answer) => {
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${address} answered ${answer.statusCode}`))))
      answer.on('error', reject)
      answer.resume()
    }).on('error', reject)
  })
}
