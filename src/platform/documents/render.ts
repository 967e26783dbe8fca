import type { DocumentModel } from './model.ts'

/** The formats of documents, and their media types. */
export const documentMedia = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const
export type DocumentFormat = keyof typeof documentMedia

/**
 * The document as a file. Pages take their time: call it after the act. What writes them is loaded at the first one, for
 * it is large.
 */
export async function render(model: DocumentModel, format: DocumentFormat): Promise<Buffer> {
  if (format === 'pdf') return (await import('./pdf.ts')).renderPdf(model)
  return (await import('./docx.ts')).renderDocx(model)
}
