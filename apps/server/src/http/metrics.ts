/** Figures for those who run a node, and whether it lives, on a port of its own that nobody else reaches. Prometheus text format. */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Counters, and the small server that shows them. */
export interface Metrics {
  count(route: string, status: number): void
  text(): string
  listen(port: number, host: string): Promise<void>
  close(): Promise<void>
}

/** Makes counters of this process. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const metrics: Metrics = {
    count(route, status) {
      const key = `{route="${route.replace(/["\\\n]/g, '')}",status="${status}"}`
      requests.set(key, (requests.get(key) ?? 0) + 1)
    },
    text() {
      const lines = [
        '# TYPE cairn_requests_total counter',
        ...[...requests].map(([key, count]) => `cairn_requests_total${key} ${count}`),
        '# TYPE cairn_event_loop_delay_p99_seconds gauge',
        `cairn_event_loop_delay_p99_seconds ${(delay.percentile(99) / 1e9).toFixed(6)}`,
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '# TYPE process_uptime_seconds gauge',
        `process_uptime_seconds ${process.uptime().toFixed(1)}`,
      ]
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
  const server = createServer((request, response) => {
    const answers: Record<string, () => string> = { '/metrics': metrics.text, '/healthz': () => 'ok\n' }
    const answer = answers[request.url ?? '']
    response.statusCode = answer ? 200 : 404
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    response.setHeader('x-content-type-options', 'nosniff')
    response.end(answer?.() ?? '')
  })
  return metrics
}
