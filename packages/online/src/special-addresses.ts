/** Addresses that no outbound request may reach: loopback, private, link-local, reserved, and IPv4 in the clothes of IPv6 (R-SSRF-1). */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'

const special = new BlockList()
const v4: [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] // biome-ignore format: ranges of IANA's registry, a row of them
for (const [net, bits] of v4) special.addSubnet(net, bits, 'ipv4')
/** The one range of IPv6 that is routed; what is not in it is special. Inside it: Teredo and ORCHID, documentation, 6to4. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as [string, number][])
  special.addSubnet(net, bits, 'ipv6')

/** The number that stands in the host of an address, without brackets; `undefined` where it is a name. An address writes every form of a number as one. */
export function numberIn(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? bare : undefined
}

/** True for an address that is not one of a public server. */
export function isSpecialAddress(address: string): boolean {
  if (isIPv4(address)) return special.check(address, 'ipv4')
  if (!isIPv6(address)) return true
  return !global6.check(address, 'ipv6') || special.check(address, 'ipv6')
}
