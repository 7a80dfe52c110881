/** Where public files are to be kept, as the configuration says. */
import path from 'node:path'
import { ProblemError } from '@cairn/core'

/** A bucket of an object storage, and below which path of it. `endpoint` has no slash at the end. */
export interface S3Place {
  endpoint: string
  bucket: string
  prefix: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}
/** A directory, or a bucket. */
export type PublicFilesPlace = { directory: string } | S3Place

/**
 * Reads `CAIRN_PUBLIC_FILES`: a directory, or `s3://bucket/prefix` with `CAIRN_S3_ENDPOINT` and the keys. Raises `server.misconfigured` for a bucket without
 * an address or keys, and for an address that would send what it signs in the clear through other networks.
 */
export function readPublicFilesPlace(env: {
  CAIRN_PUBLIC_FILES: string
  CAIRN_S3_REGION: string
  CAIRN_S3_ENDPOINT?: string | undefined
  CAIRN_S3_ACCESS_KEY_ID?: string | undefined
  CAIRN_S3_SECRET_ACCESS_KEY?: string | undefined
}): PublicFilesPlace {
  const given = env.CAIRN_PUBLIC_FILES
  const refuse = (detail: string): never => {
    throw new ProblemError('server.misconfigured', detail)
  }
  if (!/^[a-z0-9]+:\/\//i.test(given)) return { directory: path.resolve(given) }
  const named = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._/-]*?))?\/*$/.exec(given)
  if (!named) return refuse('CAIRN_PUBLIC_FILES is a directory, or a bucket such as s3://public-files or s3://public-files/cairn.')
  const {
    CAIRN_S3_ENDPOINT,
    CAIRN_S3_REGION: region,
    CAIRN_S3_ACCESS_KEY_ID: accessKeyId,
    CAIRN_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = env
  const endpoint = URL.parse(CAIRN_S3_ENDPOINT ?? '')
  if (!endpoint || !accessKeyId || !secretAccessKey)
    return refuse('A bucket needs CAIRN_S3_ENDPOINT, CAIRN_S3_ACCESS_KEY_ID and CAIRN_S3_SECRET_ACCESS_KEY.')
  // A name without a dot is of this machine or of a network of containers on it.
  const isNear = endpoint.protocol === 'http:' && (/^(127\.|\[::1\])/.test(endpoint.hostname) || !endpoint.hostname.includes('.'))
  if (endpoint.protocol !== 'https:' && !isNear) return refuse('CAIRN_S3_ENDPOINT begins with https://, outside this machine.')
  return { endpoint: endpoint.href.replace(/\/+$/, ''), bucket: named[1]!, prefix: named[2] ?? '', region, accessKeyId, secretAccessKey }
}
