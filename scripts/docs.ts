/** `npm run docs`: writes docs/problems.md and docs/openapi.json from the code; `npm run docs -- --check` fails when they are stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openapi } from '@cairn/api'
import { problems } from '@cairn/core'

const root = path.resolve(import.meta.dirname, '..')

/** The derived pages: path below the checkout -> text. */
export function derivedDocs(): Record<string, string> {
  const rows = Object.entries(problems).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title.replaceAll('|', '\\|')} |`)
  const intro = [
    '# Problems',
    '',
    'Everything that can go wrong, in one vocabulary. The API answers with these codes (RFC 9457, `code` and `type`), the command line exits',
    'with them, forms show them beside a field, and findings of a report name them. A code is never renamed.',
    '',
    'Made by `npm run docs` from `packages/core/src/problems.ts`.',
    '',
  ]
  return {
    'docs/problems.md': `${[...intro, '| code | HTTP status | title |', '|---|---|---|', ...rows].join('\n')}\n`,
    'docs/openapi.json': `${JSON.stringify(openapi('0.1.0'), null, 2)}\n`,
  }
}

/** The derived pages whose file is missing or says something else, as paths below the checkout. */
export function staleDocs(): string[] {
  return Object.entries(derivedDocs())
    .filter(([file, text]) => !existsSync(path.join(root, file)) || readFileSync(path.join(root, file), 'utf8') !== text)
    .map(([file]) => file)
}

if (import.meta.main) {
  const stale = staleDocs()
  if (process.argv.includes('--check')) {
    for (const file of stale) console.error(`${file} is stale: run npm run docs`)
    process.exitCode = stale.length === 0 ? 0 : 1
  } else {
    const docs = derivedDocs()
    for (const file of stale) writeFileSync(path.join(root, file), docs[file]!)
    console.log(stale.length === 0 ? 'Nothing to write.' : `Written: ${stale.join(', ')}`)
  }
}
