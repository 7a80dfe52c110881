import type { PageContext } from '@cairn/api'

declare global {
  namespace App {
    interface Locals {
      api: PageContext['api']
      session: PageContext['session']
      signIn: PageContext['signIn']
      account: PageContext['account']
      /** The language of a page that has words of its own, in place of the site's. */
      language?: string
    }
    interface Error {
      message: string
      code?: string
      /** The sentence for the code, in the reader's language. */
      said?: string
    }
  }
}
