/** Writing many small files while the next ones are made. */
import { writeFile } from 'node:fs/promises'

/** Takes files one after another; `done` waits for all of them. Both raise the first error of any write. */
export interface FileWriter {
  write(place: string, bytes: Uint8Array): Promise<void>
  done(): Promise<void>
}

/** A writer with at most `most` files on their way: enough to keep the disk busy, few enough to keep memory small. */
export function createFileWriter(most = 32): FileWriter {
  const underWay = new Set<Promise<void>>()
  let failed: Error | undefined
  const check = () => {
    if (failed) throw failed
  }
  return {
    async write(place, bytes) {
      check()
      const one: Promise<void> = writeFile(place, bytes, { flag: 'wx' })
        .catch((error: Error) => {
          failed ??= error
        })
        .finally(() => underWay.delete(one))
      underWay.add(one)
      if (underWay.size >= most) await Promise.race(underWay)
    },
    async done() {
      await Promise.all(underWay)
      check()
    },
  }
}
