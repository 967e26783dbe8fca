import { viewCase } from '../cases/service.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, revealTo } from '../platform/crypto/secret.ts'
import type { DocumentModel } from '../platform/documents/model.ts'
import { type DocumentFormat, documentMedia, render } from '../platform/documents/render.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Op } from '../platform/operation/op.ts'
import { checkOf } from './document-check.ts'
import { documentOf } from './document-model.ts'
import { materialOf } from './material.ts'
import type { FormLanguage } from './schema-content.ts'

type Wanted = {
  readonly id: Id<'cases'>
  readonly complaint_id: Id<'complaints'>
  readonly language?: FormLanguage | undefined
}

/** What a document of the complaint would lack. */
export function checkDocument(op: Op<'complaint.make_document'>, { language, ...wanted }: Wanted) {
  return op.act(async (act) => {
    const check = revealTo(await materialOf(act, wanted), (known) => checkOf(known, language ?? known.legal.language))
    return { id: wanted.complaint_id, check }
  })
}

/**
 * The complaint as a file. Two acts: one reads, the other writes down the hash of what was handed out, so that a copy that
 * turns up later can be traced. The pages are made between them.
 */
export async function makeDocument(
  op: Op<'complaint.make_document'>,
  { format, language, ...wanted }: Wanted & { readonly format: DocumentFormat },
) {
  const model = await op.act(async (act) =>
    revealTo(await materialOf(act, wanted), (known) => documentOf(known, language ?? known.legal.language)),
  )
  const content = await consult<DocumentModel, Promise<Buffer>>(model, (known) => render(known, format))
  await op.act(async (act) => {
    await viewCase(act, wanted.id)
    act.concerns('complaints', wanted.complaint_id, plainSha256(content))
  })
  return { media: documentMedia[format], file: `complaint.${format}`, content }
}
