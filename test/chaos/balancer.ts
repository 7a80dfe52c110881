/** A small load balancer: it sends requests to nodes whose `/readyz` said yes lately, in turn, and keeps connections open as real ones do. */
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How often each node is asked, in milliseconds. */
const every = 100

/** A running balancer. */
export interface Balancer {
  address: string
  /** How many nodes are ready at the moment. */
  ready(): number
  close(): Promise<void>
}

/** Starts one on a port before nodes on theirs. What it cannot hand over answers 502; nothing is tried twice. */
export async function startBalancer(port: number, nodes: readonly number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  let ready: number[] = []
  let turn = 0
  const look = async () => {
    const asked = nodes.map(async (node) => {
      const answer = await fetch(`http://127.0.0.1:${node}/readyz`).catch(() => undefined)
      return answer?.ok ? [node] : []
    })
    ready = (await Promise.all(asked)).flat()
  }
  const timer = setInterval(() => void look(), every)
  const server = createServer((incoming, outgoing) => {
    const node = ready[turn++ % Math.max(ready.length, 1)]
    const { method, url, headers } = incoming
    const onward = request({ agent, host: '127.0.0.1', port: node ?? 1, method, path: url, headers } as object, (answer) => {
      const { connection: _, 'keep-alive': __, ...others } = answer.headers
      outgoing.writeHead(answer.statusCode!, others)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await look()
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => ready.length,
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer)
        agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
