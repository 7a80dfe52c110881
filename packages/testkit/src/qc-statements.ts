/** Statements of qualified certificates (ETSI EN 319 412-5), as an extension for {@link createCertificate}. */
import { objectIdentifier, sequence } from './der.ts'

/** What a certificate says of itself: what it is for, and whether its key is in a qualified device. */
export interface QcContent {
  type?: 'seal' | 'signature' | 'web-site'
  device?: boolean
}

const types = { signature: '0.4.0.1862.1.6.1', seal: '0.4.0.1862.1.6.2', 'web-site': '0.4.0.1862.1.6.3' } as const

/** The qcStatements extension: qualified, and what else is said. */
export function qcStatements({ type, device = false }: QcContent): { id: string; value: Uint8Array } {
  const statement = (id: string, ...information: Uint8Array[]) => sequence(objectIdentifier(id), ...information)
  return {
    id: '1.3.6.1.5.5.7.1.3',
    value: sequence(
      statement('0.4.0.1862.1.1'),
      ...(device ? [statement('0.4.0.1862.1.4')] : []),
      ...(type ? [statement('0.4.0.1862.1.6', sequence(objectIdentifier(types[type])))] : []),
    ),
  }
}
