/** `npm start`: installs what is missing, builds the web app when it changed, and starts the server. */
import { serve } from './serve.mjs'
import { install } from './setup.mjs'
import { buildWeb } from './web.mjs'

install()
buildWeb()
console.error('Cairn: starting …')
serve()
