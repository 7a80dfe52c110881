/** Figures for those who run a node or a worker, and whether it lives, on a port of its own. Prometheus text format; labels are routes and jobs, never data. */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Work } from '@cairn/store'

/** Upper bounds of durations, in seconds. */
const bounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5]

/** What is asked anew for each scrape. */
export interface Gauges {
  /** What waits in the database; undefined when it does not answer. */
  readWork(): Promise<Work | undefined>
  /** Bytes that are free beside the data; undefined where the database is elsewhere. */
  free(): number | undefined
  /** Connections to the database: open ones, free ones, and requests that wait for one. */
  pool(): { total: number; idle: number; waiting: number }
}

/** Counters, and the small server that shows them. */
export interface Metrics {
  countRequest(route: string, status: number, seconds: number): void
  countJob(job: string, outcome: 'done' | 'failed', seconds: number): void
  text(): Promise<string>
  listen(port: number, host: string): Promise<void>
  close(): Promise<void>
}

interface Durations {
  sum: number
  count: number
  within: number[]
}

/** Makes counters of this process. */
export function createMetrics(gauges?: Gauges): Metrics {
  const requests = new Map<string, number>()
  const jobs = new Map<string, { count: number; seconds: number }>()
  const durations = new Map<string, Durations>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const metrics: Metrics = {
    countRequest(route, status, seconds) {
      const name = route.replace(/["\\\n]/g, '')
      const key = `{route="${name}",status="${status}"}`
      requests.set(key, (requests.get(key) ?? 0) + 1)
      const taken = durations.get(name) ?? { sum: 0, count: 0, within: bounds.map(() => 0) }
      durations.set(name, taken)
      taken.sum += seconds
      taken.count++
      for (const [at, bound] of bounds.entries()) if (seconds <= bound) taken.within[at]!++
    },
    countJob(job, outcome, seconds) {
      const key = `{job="${job}",outcome="${outcome}"}`
      const { count, seconds: before } = jobs.get(key) ?? { count: 0, seconds: 0 }
      jobs.set(key, { count: count + 1, seconds: before + seconds })
    },
    async text() {
      const work = await gauges?.readWork()
      const pool = gauges?.pool()
      const free = gauges?.free()
      const series: [name: string, kind: string, lines: string[]][] = [
        ['cairn_requests_total', 'counter', [...requests].map(([key, count]) => `cairn_requests_total${key} ${count}`)],
        ['cairn_request_duration_seconds', 'histogram', [...durations].flatMap(([route, taken]) => histogram(route, taken))],
        ['cairn_job_runs_total', 'counter', [...jobs].map(([key, { count }]) => `cairn_job_runs_total${key} ${count}`)],
        [
          'cairn_job_seconds_total',
          'counter',
          [...jobs].map(([key, { seconds }]) => `cairn_job_seconds_total${key} ${seconds.toFixed(3)}`),
        ],
        ['cairn_work', 'gauge', work ? Object.entries(work).map(([what, count]) => `cairn_work{what="${what}"} ${count}`) : []],
        ['cairn_database_up', 'gauge', gauges ? [`cairn_database_up ${work ? 1 : 0}`] : []],
        [
          'cairn_database_connections',
          'gauge',
          pool ? Object.entries(pool).map(([of, n]) => `cairn_database_connections{of="${of}"} ${n}`) : [],
        ],
        ['cairn_data_free_bytes', 'gauge', free === undefined ? [] : [`cairn_data_free_bytes ${free}`]],
        ['cairn_event_loop_delay_p99_seconds', 'gauge', [`cairn_event_loop_delay_p99_seconds ${(delay.percentile(99) / 1e9).toFixed(6)}`]],
        ['process_cpu_seconds_total', 'counter', [`process_cpu_seconds_total ${cpuSeconds().toFixed(3)}`]],
        ['process_resident_memory_bytes', 'gauge', [`process_resident_memory_bytes ${process.memoryUsage.rss()}`]],
        ['process_uptime_seconds', 'gauge', [`process_uptime_seconds ${process.uptime().toFixed(1)}`]],
      ]
      const lines = series.flatMap(([name, kind, values]) => (values.length > 0 ? [`# TYPE ${name} ${kind}`, ...values] : []))
      return `${lines.join('\n')}\n`
    },
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      }),
    close: () =>
      new Promise((resolve) => {
        delay.disable()
        if (!server.listening) return resolve()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const answers: Record<string, () => string | Promise<string>> = { '/metrics': metrics.text, '/healthz': () => 'ok\n' }
  const server = createServer(async (request, response) => {
    const answer = answers[request.url ?? '']
    response.statusCode = answer ? 200 : 404
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    response.setHeader('x-content-type-options', 'nosniff')
    response.end((await answer?.()) ?? '')
  })
  return metrics
}

function histogram(route: string, { sum, count, within }: Durations): string[] {
  const name = 'cairn_request_duration_seconds'
  return [
    ...bounds.map((bound, at) => `${name}_bucket{route="${route}",le="${bound}"} ${within[at]}`),
    `${name}_bucket{route="${route}",le="+Inf"} ${count}`,
    `${name}_sum{route="${route}"} ${sum.toFixed(4)}`,
    `${name}_count{route="${route}"} ${count}`,
  ]
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
