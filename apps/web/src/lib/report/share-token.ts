/** Links of shared credentials. */

/** The token of a `/c/` link of one of these origins (addresses); `undefined` for anything else. */
export function shareToken(text: string, origins: readonly string[]): string | undefined {
  const match = /^(https?:\/\/[^/\s]+)\/(?:c|print)\/([A-Za-z0-9_-]{22,64})\/?$/.exec(text.trim())
  return match && origins.some((origin) => origin.replace(/\/$/, '') === match[1]) ? match[2] : undefined
}
