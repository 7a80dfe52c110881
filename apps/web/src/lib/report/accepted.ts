/** What the file field offers first; anything may be handed in. */
export const accepted = [
  '.json,.jsonld,.jwt,.sd-jwt,.sdjwt,.txt,.png,.svg,.pdf,.zip',
  'application/json,application/ld+json,application/vc+jwt,application/dc+sd-jwt,application/pdf,application/zip,text/plain,image/png,image/svg+xml',
].join(',')
