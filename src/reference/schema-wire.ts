import { z } from 'zod'
import { idOf } from '../platform/kernel/ids.ts'
import { Content, ReferenceFile, ReferenceRow, RowCode } from './schema.ts'

export const ReferenceView = z.object({ file: ReferenceFile, on: z.iso.date(), rows: z.array(ReferenceRow) })
export type ReferenceView = z.output<typeof ReferenceView>
export const ReferenceRows = z.object({ on: z.iso.date(), rows: z.array(ReferenceRow) })
export const Mechanisms = z.object({
  on: z.iso.date(),
  committees: z.array(ReferenceRow),
  others: z.array(ReferenceRow),
})

export const FilePath = z.strictObject({ file: ReferenceFile })
export const RowPath = z.strictObject({ file: ReferenceFile, row: RowCode })
export const DayQuery = z.strictObject({ on: z.iso.date().optional() })

const validity = { valid_from: z.iso.date(), valid_to: z.iso.date().optional() }
const inOrder = ({ valid_from, valid_to }: { valid_from: string; valid_to?: string | undefined }) =>
  valid_to === undefined || valid_from <= valid_to

export const RowChange = z
  .strictObject({ content: Content, ...validity })
  .refine(inOrder, { path: ['valid_to'], message: 'is before valid_from' })
export type RowChange = z.output<typeof RowChange>

export const NewRow = z
  .strictObject({ row: RowCode, content: Content, ...validity })
  .refine(inOrder, { path: ['valid_to'], message: 'is before valid_from' })
export type NewRow = z.output<typeof NewRow>

export const RowReceipt = z.object({ id: idOf('reference_rows'), file: ReferenceFile, row: RowCode, version: z.int() })
export type RowReceipt = z.output<typeof RowReceipt>
