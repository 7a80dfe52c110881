/** `npm run dev`: like `npm start`, but the server begins again after every change of its sources, and says more. */
import { serve } from './serve.mjs'
import { install } from './setup.mjs'
import { buildWeb } from './web.mjs'

install()
buildWeb()
console.error('Cairn: starting, and watching the sources …')
serve(['--watch'], { CAIRN_DEV: '1' })
