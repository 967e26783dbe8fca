/** A piece of a file as it lies in the store. */
export type StoredPiece = { readonly name: string; readonly bytes: number }

/**
 * Where the ciphertext of files lies: each file is a folder (`blob`) of pieces. It fails with the problems `storage-full`
 * and `store-away`, and never keeps half a piece.
 */
export type BlobStore = {
  /** Puts a piece, in the place of one of the same name. */
  put(blob: string, name: string, bytes: Buffer): Promise<void>
  /** Undefined when there is none. */
  get(blob: string, name: string): Promise<Buffer | undefined>
  list(blob: string): Promise<StoredPiece[]>
  /** Takes a piece away; one that is not there is none. */
  drop(blob: string, name: string): Promise<void>
  /** Returns once all pieces of a file would outlive a power cut. */
  settle(blob: string): Promise<void>
  remove(blob: string): Promise<void>
  /** Every file there is, with the last moment at which a piece of it was put. */
  blobs(): Promise<{ readonly blob: string; readonly changed_at: Date }[]>
}
