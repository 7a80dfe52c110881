/** `npm start` and `cairn serve`, or with the argument `work` `cairn work`: reads the configuration, starts, says what to click, and stops in order. */
import { ProblemError } from '@cairn/core'
import { pino } from 'pino'
import { readConfig } from './config.ts'
import { startServer } from './start-server.ts'

function fail(error: unknown): never {
  const text =
    error instanceof ProblemError
      ? error.problem.detail
      : (error as { code?: string }).code === 'EADDRINUSE'
        ? 'The port is in use. Choose another one with PORT.'
        : String((error as Error).stack ?? error)
  console.error(`Cairn: ${text}`)
  process.exit(1)
}

try {
  const config = readConfig(process.env)
  const part = process.argv[2] === 'work' ? 'work' : 'serve'
  const log = pino({ level: config.log, base: null, redact: ['req.headers.cookie', 'req.headers.authorization'] })
  let stopping = false
  const running = await startServer(config, log, {
    part,
    onLost: () => {
      if (!stopping) fail(new ProblemError('server.no-database', 'PostgreSQL ended by itself. What was committed is safe; start again.'))
    },
  })
  const seconds = process.uptime().toFixed(1)
  console.log(part === 'work' ? `\nCairn works after ${seconds} s` : `\nCairn is ready after ${seconds} s: ${running.address}`)
  if (config.demo && part === 'serve')
    console.log(
      `  sign in      ${running.address}/sign-in   one click, as owner, designer, awarder, approver, sealer or auditor\n` +
        `  verify       ${running.address}/verify\n` +
        `  data         ${config.data}${running.seeded ? ', new' : ''}\n` +
        '  This is a demonstration: demonstration seal, not qualified.',
    )
  console.log('  Ctrl-C stops everything cleanly.\n')
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    const late = setTimeout(() => process.exit(1), config.drainSeconds * 1000 + 10_000)
    void running.stop().then(() => {
      clearTimeout(late)
      process.exit(0)
    })
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  fail(error)
}
