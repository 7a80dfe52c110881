/** `cairn work`: the jobs without the pages, as a process of its own; any number of them on one database. */
import { runServer } from '../run-server.ts'
import type { Verb } from '../verb.ts'

export const work: Verb = {
  help: `cairn work

Seals, sends and publishes what servers on the same database leave to be done; it listens on no port, save CAIRN_METRICS_PORT where that is set.
Settings are those of "cairn serve", and CAIRN_SECRET and CAIRN_PUBLIC_URL must be the same. Without DATABASE_URL it works beside the server
that runs on the data folder. It may be stopped or killed at any moment, and as many may run as there are processors.`,
  options: {},
  run: () => runServer(['work']),
}
