/** What an address looks for. */

/** The words, at most 200 signs; empty where nothing is looked for. */
export const askedIn = (url: URL): string => (url.searchParams.get('q') ?? '').trim().slice(0, 200)
