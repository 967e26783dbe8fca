import { dayOf } from '../platform/kernel/clock.ts'
import type { Act } from '../platform/operation/op.ts'
import { SubmissionForm, type RuleRef } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'

/** What a body is to be sent, and the row that says so. */
export type Form = { readonly rule: SubmissionForm; readonly ref: RuleRef }

/** The form of a mechanism as it holds today: the one that names it, or the one that is for all the others. */
export async function formOf(act: Act, mechanism: string): Promise<Form> {
  const wanted = { file: 'submission_forms', schema: SubmissionForm } as const
  const forms = await rulesOn(act, wanted, dayOf(act.services.now()))
  const own = forms.find(({ rule }) => rule.mechanisms.includes(mechanism))
  const form = own ?? forms.find(({ rule }) => rule.mechanisms.length === 0)
  if (form === undefined) throw new Error('no form is for all the others')
  return form
}
