import { renderDocx } from './docx.ts'
import type { DocumentModel } from './model.ts'
import { renderPdf } from './pdf.ts'

/** The formats of documents, and their media types. */
export const documentMedia = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const
export type DocumentFormat = keyof typeof documentMedia

/** The document as a file. Pages take their time: call it after the act. */
export const render = (model: DocumentModel, format: DocumentFormat): Promise<Buffer> =>
  format === 'pdf' ? renderPdf(model) : renderDocx(model)
