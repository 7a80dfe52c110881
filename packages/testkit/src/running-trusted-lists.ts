/** A list of lists and one national list on loopback: what an installation gathers in a demonstration. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Absence, answerAway } from './absence.ts'
import { type CertifiedKey, createCertificate } from './certificate.ts'
import { createLotl, createTrustedList } from './trusted-list.ts'
import type { ListedService } from './trusted-list-text.ts'

/** The running lists. `pinned` is the signer of the list of lists, base64 DER. */
export interface RunningTrustedLists {
  /** `http://127.0.0.1:port`; the caller has to allow it, for it is no public address. */
  origin: string
  /** Where the list of lists is. */
  address: string
  pinned: string[]
  /** What the national list names from now on; its number grows by one. */
  setServices(services: readonly ListedService[]): void
  /** Both lists are away from now on, in this way; `undefined` brings them back. */
  setAway(how: Absence | undefined): void
  stop(): Promise<void>
}

const hour = 3_600_000
const mediaType = 'application/vnd.etsi.tsl+xml'

/** Starts a list of lists that points to the list of `territory`, which names `services`. */
export async function startTrustedLists(territory: string, services: readonly ListedService[]): Promise<RunningTrustedLists> {
  const from = new Date(Date.now() - 24 * hour)
  const to = new Date(from.getTime() + 10 * 365.25 * 24 * hour)
  const signer = (commonName: string): CertifiedKey =>
    createCertificate({ subject: { commonName }, algorithm: 'ES256', from, to, ca: false, keyUsage: ['digitalSignature'] })
  const [union, national] = [signer('List of lists'), signer(`List of ${territory}`)]
  let [named, sequence] = [services, 1]
  let origin = ''
  let away: Absence | undefined
  const files: Record<string, () => Uint8Array> = {
    '/lotl.xml': () =>
      createLotl({
        ...shared(),
        signer: union,
        pointers: [{ territory, address: `${origin}/list.xml`, certificates: [national.certificate] }],
      }),
    '/list.xml': () => createTrustedList({ ...shared(), territory, services: named, signer: national }),
  }
  // A number stands for one state: the times are those of the change, so that the same number gives the same list but for its signature.
  const kept = new Map<string, Uint8Array>()
  let changed = new Date(Math.floor(Date.now() / 1000) * 1000)
  const shared = () => ({ sequence, issued: changed, nextUpdate: new Date(changed.getTime() + 180 * 24 * hour) })
  const server = createServer((request, response) => {
    const make = files[request.url ?? '']
    if (!make) {
      response.writeHead(404).end()
      return
    }
    if (away) {
      answerAway(response, away, mediaType)
      return
    }
    const name = `${sequence} ${request.url}`
    const bytes = kept.get(name) ?? make()
    kept.set(name, bytes)
    response.writeHead(200, { 'content-type': mediaType }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    address: `${origin}/lotl.xml`,
    pinned: [Buffer.from(union.certificate).toString('base64')],
    setServices(next) {
      named = next
      sequence++
      changed = new Date(Math.floor(Date.now() / 1000) * 1000)
    },
    setAway(how) {
      away = how
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
