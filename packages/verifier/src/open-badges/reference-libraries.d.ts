/** Reference libraries that tests and measurements compare with; they bring no types. */
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(given: object)
  }
}
declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ export(options: object): Promise<object>; signer(): object }>
}
declare module '@digitalbazaar/ecdsa-multikey' {
  export function from(key: object): Promise<{ export(options: object): Promise<object>; signer(): object }>
}
declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createSignCryptosuite(given?: object): object
  export function createDiscloseCryptosuite(given?: object): object
  export function createVerifyCryptosuite(given?: object): object
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/multikey-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/vc' {
  type Loader = (url: string) => Promise<object>
  export function issue(given: { credential: object; suite: object; documentLoader: Loader; now?: Date }): Promise<object>
  export function derive(given: { verifiableCredential: object; suite: object; documentLoader: Loader }): Promise<object>
  export function verifyCredential(given: {
    credential: object
    suite: object
    documentLoader: Loader
    now?: Date
    checkStatus?: object
  }): Promise<{ verified: boolean; error?: Error }>
}
