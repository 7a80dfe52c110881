/** Object identifiers that rules depend on, by the name their standard gives them. */
import type { Curve, Scheme } from '../algorithms.ts'

/** Attribute types of names (X.520). */
export const nameAttributes: Record<string, 'commonName' | 'organization' | 'organizationalUnit' | 'organizationIdentifier' | 'country'> = {
  '2.5.4.3': 'commonName',
  '2.5.4.10': 'organization',
  '2.5.4.11': 'organizationalUnit',
  '2.5.4.97': 'organizationIdentifier',
  '2.5.4.6': 'country',
}

/** Extensions whose meaning is enforced or read here (RFC 5280, 4.2; RFC 3739). */
export const extensions = {
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  certificatePolicies: '2.5.29.32',
  nameConstraints: '2.5.29.30',
  subjectAlternativeName: '2.5.29.17',
  crlDistributionPoints: '2.5.29.31',
  issuingDistributionPoint: '2.5.29.28',
  deltaCrlIndicator: '2.5.29.27',
  certificateIssuer: '2.5.29.29',
  crlReason: '2.5.29.21',
  expiredCertificatesOnCrl: '2.5.29.60',
  authorityInformation: '1.3.6.1.5.5.7.1.1',
  ocspAccess: '1.3.6.1.5.5.7.48.1',
  issuerAccess: '1.3.6.1.5.5.7.48.2',
  /** RFC 6960, 4.2.2.2.1. */
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspArchiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  /** Validity assured, short term (ETSI EN 319 412-1, 5.2.2). */
  shortTerm: '0.4.0.194121.2.1',
  /** No revocation available (RFC 9608). */
  noRevocation: '2.5.29.56',
  qcStatements: '1.3.6.1.5.5.7.1.3',
} as const

/** The statement that says what a qualified certificate is for (EN 319 412-5, 4.2.3). */
export const qcTypeStatement = '0.4.0.1862.1.6'

/** Extended key usages. */
export const usages = {
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const

/** Public keys. */
export const keyAlgorithms = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', ed25519: '1.3.101.112' } as const

export const namedCurves: Record<string, Curve> = { '1.2.840.10045.3.1.7': 'P-256', '1.3.132.0.34': 'P-384', '1.3.132.0.35': 'P-521' }

/** Digests. SHA-1 and MD5 are missing on purpose: what rests on them is refused. */
export const digests: Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/** Signature algorithms that carry their digest in their name; RSASSA-PSS is read from its parameters. */
export const signatureAlgorithms: Record<
  string,
  Exclude<Scheme, { kind: 'ecdsa' }> | { kind: 'ecdsa'; hash: 'SHA-256' | 'SHA-384' | 'SHA-512' }
> = {
  '1.2.840.113549.1.1.11': { kind: 'rsa-pkcs1', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa-pkcs1', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa-pkcs1', hash: 'SHA-512' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hash: 'SHA-512' },
  '1.3.101.112': { kind: 'ed25519' },
}

/** SHA-1, known by name alone: identifiers of keys and names are made with it, signatures that rest on it are refused. */
export const sha1 = '1.3.14.3.2.26'

/** RSASSA-PSS (RFC 4055). */
export const rsaPss = '1.2.840.113549.1.1.10'
/** The mask of RSASSA-PSS (RFC 4055, 2.2). */
export const mgf1 = '1.2.840.113549.1.1.8'
/** RSA encryption as a CMS signature algorithm: the digest comes from beside it (RFC 3370, 3.2). */
export const rsaEncryption = '1.2.840.113549.1.1.1'
