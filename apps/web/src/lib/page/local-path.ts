/** Where to go next, as a form says it. */

/** The path when it is one of ours, else the first page: an address of another site is never followed. */
export function localPath(text: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/'
}
