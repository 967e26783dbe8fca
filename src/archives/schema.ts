import type { Readable } from 'node:stream'
import type { EventProof } from '../audit/schema.ts'
import type { Action } from '../platform/access/roles.ts'
import type { Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'

/** Begins an op of another action for the same person: 403 when their roles do not allow it. */
export type Asking = (action: Action) => Promise<Op>

/** One part of a case file: what the service answers to whoever asks for it, read under that action's own rules. */
export type Chapter = {
  readonly name: string
  readonly title: string
  read(asking: Asking, id: Id<'cases'>): Promise<Secret<unknown>>
}

/** A file that goes along. Its hash is known beforehand; its bytes are read while the archive is being sent. */
export type ArchivedFile = {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  open(): Promise<Readable>
}

/** What an archive is made from. Composed outside: the archive knows no module but cases. */
export type ArchiveParts = {
  readonly chapters: readonly Chapter[]
  files(asking: Asking, id: Id<'cases'>): Promise<readonly ArchivedFile[]>
  proof(act: Act, id: Id<'cases'>): Promise<EventProof>
}

/** A chapter as it was read. */
export type ReadChapter = Pick<Chapter, 'name' | 'title'> & { readonly content: Secret<unknown> }

/** What a case file says of itself: everything in it by hash, and who made it. */
export type Manifest = {
  readonly format: 'guvoh-case-archive-1'
  readonly case_id: Id<'cases'>
  readonly made_at: string
  readonly made_by: {
    readonly user_id: Id<'users'>
    readonly organisation_id: Id<'organisations'>
    readonly signing_key: string
    readonly fingerprint: string
  }
  /** Chapters that whoever made it may not read. */
  readonly left_out: readonly string[]
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
}
