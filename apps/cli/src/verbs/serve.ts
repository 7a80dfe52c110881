/** `cairn serve`: the whole platform, as a process of its own. */
import { runServer } from '../run-server.ts'
import type { Verb } from '../verb.ts'

export const serve: Verb = {
  help: `cairn serve

Serves the platform on http://localhost:8080. Settings come from the environment:
  PORT, HOST, CAIRN_PUBLIC_URL, DATABASE_URL, CAIRN_DATA, CAIRN_SECRET, CAIRN_DEMO, SMTP_URL, CAIRN_MAIL_FROM, CAIRN_LOG
Any number of servers may run on one database. CAIRN_JOBS=0 leaves sealing, sending and publishing to "cairn work".
Ctrl-C or SIGTERM stops it cleanly: for CAIRN_DRAIN_SECONDS it still answers while /readyz says no, so that no request fails.`,
  options: {},
  run: () => runServer([]),
}
