/** Public files in a bucket of an object storage that speaks S3, with requests signed by AWS Signature Version 4. */
import { createHash } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { AwsClient } from 'aws4fetch'
import type { FileStore } from './file-store.ts'
import type { S3Place } from './public-files-place.ts'

/** How long a storage may take for one file, in milliseconds, and how often it is asked again at once. */
const patience = 10_000
const retries = 2

/** Keeps files in a bucket, under the path of their address, so that a CDN before it needs no rules. */
export function s3Store({ endpoint, bucket, prefix, region, accessKeyId, secretAccessKey }: S3Place): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries })
  return {
    async put({ path, mediaType, maxAge, bytes }) {
      const address = `${endpoint}/${[bucket, ...(prefix ? [prefix] : []), ...path.split('/').map(encodeURIComponent)].join('/')}`
      const answer = await client
        .fetch(address, {
          method: 'PUT',
          body: Buffer.from(bytes),
          headers: {
            'content-type': mediaType,
            'cache-control': `public, max-age=${maxAge}`,
            // Signed with the rest: what arrives changed is refused.
            'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
          },
          redirect: 'error',
          signal: AbortSignal.timeout(patience),
        })
        .catch(() => undefined)
      await answer?.arrayBuffer().catch(() => undefined)
      if (answer?.ok) return
      const why = answer ? `it answers ${answer.status}` : 'it does not answer'
      throw new ProblemError('server.storage-away', `A public file cannot be kept by the object storage: ${why}.`)
    },
  }
}
