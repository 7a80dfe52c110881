/** Made by the build: see build-verifier.ts. */
declare module 'virtual:verifier-file' {
  /** The whole file as HTML. */
  const html: string
  export default html
}
