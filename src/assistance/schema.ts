import { z } from 'zod'
import { secretOf, secretText } from '../platform/crypto/secret.ts'
import { pageOf } from '../platform/database/page.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { termCode } from '../vocabularies/service.ts'

const line = (max: number) => z.string().trim().min(1).max(max)
const AMOUNT_MOST = 1_000_000_000_00

/** Money in the smallest unit of the currency (ISO 4217): 12.50 USD is 1250. */
export const Money = z.strictObject({
  amount_minor: z.int().min(0).max(AMOUNT_MOST),
  currency: z.enum(['KZT', 'KGS', 'TJS', 'TMT', 'UZS', 'RUB', 'USD', 'EUR', 'CHF', 'GBP']),
})
export type Money = z.output<typeof Money>

/** What was done, for the count. The beneficiary is the case, or one party of it by a neutral ref, never a name. */
export const ServiceFacts = z.strictObject({
  kind: termCode('assistance_types'),
  delivered_on: z.iso.date().regex(/^(19|20)/),
  beneficiary: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,19}$/)
    .optional()
    .meta({ description: 'A party of the case by its ref, such as v1; absent: the case as a whole' }),
  is_family_member: z.boolean().default(false),
  units: z.int().min(1).max(1_000).default(1).meta({ description: 'Sessions, hearings, nights …' }),
  provider_id: idOf('providers').optional(),
  programme_id: idOf('programmes').optional(),
  budget_line_id: idOf('budget_lines').optional(),
  cost: Money.optional(),
  is_in_kind: z.boolean().default(false),
  voucher: line(60).optional(),
})
export type ServiceFacts = z.output<typeof ServiceFacts>

export const ServiceNarrative = z.strictObject({ note: line(4_000).optional(), void_reason: line(1_000).optional() })
export type ServiceNarrative = z.output<typeof ServiceNarrative>

export const NewService = z.strictObject({
  facts: secretOf(ServiceFacts),
  note: secretText(4_000).optional(),
})
export type NewService = z.output<typeof NewService>

export const Voiding = z.strictObject({ reason: secretText(1_000) })
export type Voiding = z.output<typeof Voiding>

const heading = {
  id: idOf('services_delivered'),
  case_id: idOf('cases'),
  version: z.int(),
  recorded_by: idOf('users'),
  recorded_on: z.iso.date(),
  is_void: z.boolean(),
}
export const ServiceReceipt = z.object(heading)
export const Service = z.object({
  ...heading,
  narrative: secretOf(ServiceNarrative).nullable(),
  facts: secretOf(ServiceFacts).nullable(),
})
export const ServicePage = pageOf(Service)

export const BudgetLineFacts = z.strictObject({ name: line(200), budget: Money })
export type BudgetLineFacts = z.output<typeof BudgetLineFacts>

export const NewBudgetLine = z.strictObject({ facts: secretOf(BudgetLineFacts) })
export type NewBudgetLine = z.output<typeof NewBudgetLine>
export const BudgetLineReceipt = z.object({ id: idOf('budget_lines'), programme_id: idOf('programmes') })

/** Spent and left are in the line's own currency; what was spent in others stands beside it, for nobody knows the rate. */
export const Spending = z.object({
  programme_id: idOf('programmes'),
  lines: z.array(
    secretOf(
      z.object({
        id: idOf('budget_lines'),
        name: z.string(),
        budget: Money,
        spent: Money,
        left_minor: z.int(),
        in_other_currencies: z.array(Money),
        services: z.int(),
      }),
    ),
  ),
})
