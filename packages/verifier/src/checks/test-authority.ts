/** Certificates that say of themselves that they are for tests. */
import type { Certificate } from '@cairn/seals'

const words = /\b(test|tests|testing|pki-test|demo|demonstration|sandbox|good-tsa|good-ca)\b/i

/** True when the certificate or who issued it is named as a test or a demonstration. */
export function isTestAuthority({ subject, issuer }: Certificate): boolean {
  return [subject, issuer].some((name) =>
    [name.commonName, name.organization, name.organizationalUnit].some((part) => part !== undefined && words.test(part)),
  )
}
