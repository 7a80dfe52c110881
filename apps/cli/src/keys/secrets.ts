/** What opens keys of every holder, from files and the environment, never from an argument. */
import { readFileSync } from 'node:fs'
import type { AnyKey, KeySecrets } from '@cairn/keys'
import { needPassphrase } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'

/** The secrets for a key. Raises a usage error that says how to give what is missing. */
export function secretsFor(key: AnyKey, given: Given): KeySecrets {
  const passphrase = needPassphrase(given)
  if (!('holder' in key) || key.holder !== 'csc') return { passphrase }
  return { passphrase, clientSecret: needClientSecret(given), ownOrigins: originsOf(key.service) }
}

/** The client's secret at a remote service, from `--client-secret-file` or `CAIRN_CLIENT_SECRET`. */
export function needClientSecret(given: Given): string {
  const place = given.text('client-secret-file')
  let secret = process.env.CAIRN_CLIENT_SECRET
  if (place !== undefined)
    try {
      secret = readFileSync(place, 'utf8').replace(/\r?\n$/, '')
    } catch {
      throw new UsageError('The file of the client secret cannot be read.')
    }
  if (!secret)
    throw new UsageError('The service needs the secret of its client: give --client-secret-file FILE, or set CAIRN_CLIENT_SECRET.')
  return secret
}

/** Whoever runs the command names the service themselves, so it may be one of their own network; without encryption only on this machine. */
export function originsOf(service: string): string[] {
  const url = URL.parse(service)
  const here = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1' || url?.hostname === '[::1]'
  return url && (url.protocol === 'https:' || here) ? [url.origin] : []
}
