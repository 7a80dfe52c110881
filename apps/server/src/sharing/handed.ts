/** A document that another member handed in, and the membership that it was handed to. */
import type { NetworkRow } from '@cairn/store'

export interface Handed {
  tenant: string
  network: NetworkRow
  text: string
}
