/** Loaded before the server by `npm start`: a server whose starter was killed stops in order, instead of holding port and data for nobody. */
import { whenParentEnds } from './parent.mjs'

whenParentEnds(() => process.kill(process.pid, 'SIGTERM'))
