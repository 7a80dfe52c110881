import type { PageContext } from '@cairn/api'

declare global {
  namespace App {
    interface Locals {
      api: PageContext['api']
      session: PageContext['session']
      signIn: PageContext['signIn']
      account: PageContext['account']
    }
    interface Error {
      message: string
      code?: string
      /** The sentence for the code, in the reader's language. */
      said?: string
    }
  }
}
