import { randomBytes } from 'node:crypto'

/** Fresh random bytes that are not secret: a salt. */
export const randomBytesOf = (bytes: number): Buffer => randomBytes(bytes)
