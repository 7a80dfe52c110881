/** `npm run dev`: like `npm start`, but the server begins again after a change of its sources, and serves the pages from theirs (CAIRN_DEV). */
import { serve } from './serve.mjs'
import { install } from './setup.mjs'

install()
console.error('Cairn: starting, and watching the sources …')
serve(['--watch'], { CAIRN_DEV: '1' })
