/** `npm run dev`: like `npm start`, but the server begins again after a change of its sources, and serves the pages from theirs (CAIRN_DEV). */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { serve } from './serve.mjs'
import { install, root } from './setup.mjs'

install()
console.error('Cairn: starting, and watching the sources …')
// Named folders, not whatever is imported: Vite writes its configuration anew at every start and imports it.
const rooms = readdirSync(path.join(root, 'packages')).map((room) => `packages/${room}/src`)
const watched = ['apps/server/src', ...rooms].filter((folder) => existsSync(path.join(root, folder)))
serve(
  watched.map((folder) => `--watch-path=${folder}`),
  { CAIRN_DEV: '1' },
)
