/** Which page of a long list an address asks for. */

/** The number of the page, from 1; the first where the address says nothing of use. */
export const pageIn = (url: URL): number => Math.max(1, Number(url.searchParams.get('page')) || 1)
