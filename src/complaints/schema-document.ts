import { z } from 'zod'
import { secretOf } from '../platform/crypto/secret.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { RuleRef } from '../reference/schema.ts'
import { FormLanguage } from './schema-content.ts'

export const DocumentQuery = z.strictObject({
  format: z.enum(['pdf', 'docx']).default('pdf'),
  language: FormLanguage.optional().meta({ description: 'Of the headings; absent: the language of the complaint' }),
})
export const CheckQuery = DocumentQuery.pick({ language: true })

const DocumentCheck = z.strictObject({
  /** The form whose order it follows, and how sure that is. */
  form: RuleRef,
  /** As it is marked in the document, in its order. */
  missing: z.array(z.string()),
  found: z.array(
    z.strictObject({
      code: z.enum([
        'language_differs',
        'language_not_accepted',
        'consent_missing',
        'annex_without_file',
        'annex_needs_translation',
        'annex_is_not_referred_to',
        'claim_names_no_such_fact',
        'name_in_text_though_withheld',
        'source_named_in_text',
      ]),
      /** The annex, the article, or the number of the victim. */
      at: z.string(),
    }),
  ),
  words: z.int(),
  annexes: z.int(),
  annex_pages: z.int(),
})
export type DocumentCheck = z.output<typeof DocumentCheck>
export const DocumentChecked = z.object({ id: idOf('complaints'), check: secretOf(DocumentCheck) })
