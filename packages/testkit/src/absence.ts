/** Ways in which somebody on the network is away, for whoever has to live with it. */
import type { ServerResponse } from 'node:http'

/** `refusing` answers 503, `garbage` answers 200 with bytes that mean nothing, `hanging` takes the question and says no word. */
export type Absence = 'refusing' | 'garbage' | 'hanging'

/** Answers as one who is away. */
export function answerAway(response: ServerResponse, how: Absence, mediaType: string): void {
  if (how === 'refusing') response.writeHead(503).end()
  else if (how === 'garbage')
    response.writeHead(200, { 'content-type': mediaType }).end(Uint8Array.from({ length: 300 }, (_, at) => (at * 151) & 255))
}
