/** Where public files are kept for a web server or a CDN to hand out. The database has everything that is in them. */

/** A file that anybody may have, at its address below the public one: `status/<id>`. */
export interface PublicFile {
  path: string
  mediaType: string
  /** How long whoever has it may go on with it, in seconds. */
  maxAge: number
  bytes: Uint8Array
}

/** Keeps files; one of the same path takes the place of the one before, whole. */
export interface FileStore {
  /** Raises `server.storage-away` when it cannot be kept. */
  put(file: PublicFile): Promise<void>
}
