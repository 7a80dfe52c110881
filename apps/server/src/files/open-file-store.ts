import { directoryStore } from './directory-store.ts'
import type { FileStore } from './file-store.ts'
import type { PublicFilesPlace } from './public-files-place.ts'
import { s3Store } from './s3-store.ts'

/** Opens what the configuration names. */
export const openFileStore = (place: PublicFilesPlace): FileStore =>
  'directory' in place ? directoryStore(place.directory) : s3Store(place)
