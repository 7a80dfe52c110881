/** The server, or a worker with the argument `work`, as a process of its own, without the pages, so that it starts quickly: everything else is as `cairn serve` and `cairn work` have it. */
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { startServer } from '../../apps/server/src/start-server.ts'

const log = pino({ level: process.env.CAIRN_LOG ?? 'error' }, pino.destination({ dest: 2, sync: true }))
const running = await startServer(readConfig(process.env), log, {
  part: process.argv[2] === 'work' ? 'work' : 'serve',
  pages: false,
  onLost: () => process.exit(1),
})
process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)))
