/** How an evidence package is laid out. */

/** The name of the form, and of the files that its reader looks for. */
export const packageForm = { form: 'cairn-package-1', manifest: 'manifest.json', evidence: 'evidence.json' } as const
