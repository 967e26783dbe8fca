import { openServices, type Beneficiary, type Served } from '../assistance/service.ts'
import { documentedIn } from '../cases/service.ts'
import { countable } from '../consents/service.ts'
import { openFacts } from '../incidents/service.ts'
import { findOwnProgramme } from '../organisations/service.ts'
import { consult, gathered, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { referralDays } from '../referrals/service.ts'
import { grantedUrgently } from '../urgent/service.ts'
import { type Coded, counted, median, serviceFigures } from './compute.ts'
import type { IndicatorFigures, IndicatorQuery, Indicators } from './schema.ts'

const WARNING = 'Unprotected: for your own eyes. What leaves the organisation is a release of statistics.'
const NOT_ANSWERED: Indicators['not_answered'] = ['I05', 'I06', 'I07', 'I08']
const DAY_MS = 86_400_000

type Reading = Act<'indicator.read'>

/**
 * The indicators as they are now. Counted are persons of cases that agreed to it; nothing of them is kept, and the trail
 * has each look with the rows that were opened.
 */
export function readIndicators(op: Op<'indicator.read'>, asked: IndicatorQuery) {
  return op.act(async (act) => {
    const { programme_id = null, from, to } = asked
    if (programme_id !== null && !(await findOwnProgramme(act, programme_id))) throw new Problem(notFound)
    return {
      from,
      to,
      programme_id,
      warning: WARNING,
      figures: await figuresOf(act, { from, to, programme_id }),
      not_answered: NOT_ANSWERED,
    }
  })
}

type Asked = { readonly from: string; readonly to: string; readonly programme_id: Id<'programmes'> | null }

async function figuresOf(act: Reading, asked: Asked): Promise<Secret<IndicatorFigures>> {
  const served = await servedTo(act, asked.programme_id)
  const coded = await codedPeople(act)
  const documented = await documentedIn(act, asked)
  const referred = await referredIn(act, asked)
  const grants = await grantedUrgently(act, asked)
  return revealTo(served, (services) =>
    consult(coded, (people) => {
      const codedOf = (person: Beneficiary) => people.get(`${person.case_id}/${person.ref ?? ''}`) ?? UNKNOWN
      const { relocations, ...figures } = serviceFigures({ ...asked, served: services, codedOf })
      return {
        ...figures,
        I04: { documented: documented.length, by_kind: counted(documented.map((kind) => kind ?? 'unknown')) },
        I09: referred,
        I10: { grants, relocations },
      }
    }),
  )
}

const UNKNOWN: Coded = { sex: 'unknown', age_band: 'unknown', country: 'unknown' }

/** Services of cases whose people agreed to be counted, of all times: they tell who is new. */
async function servedTo(act: Reading, programme_id: Asked['programme_id']): Promise<Secret<Served[]>> {
  const services = await openServices(act)
  const agreed = await countable(act, [...new Set(services.map(({ case_id }) => case_id))])
  const counted = services.filter(({ case_id }) => agreed.has(case_id))
  const facts = counted.map((one) =>
    revealTo(one.facts, (known): Served => ({ case_id: one.case_id, on: known.delivered_on, facts: known })),
  )
  return revealTo(gathered(facts), (all) =>
    all.filter(({ facts: known }) => programme_id === null || known.programme_id === programme_id),
  )
}

/** Sex, age band and country by case and ref, as the reports of the case have them; what was said first counts. */
async function codedPeople(act: Reading): Promise<Secret<Map<string, Coded>>> {
  const incidents = (await openFacts(act, { status: 'accepted' })).filter(({ case_id }) => case_id !== null)
  const entries = incidents.map(({ case_id, facts }) =>
    revealTo(facts, ({ parties, place }) =>
      parties.map((party): [string, Coded] => [
        `${String(case_id)}/${party.ref}`,
        { sex: party.sex ?? 'unknown', age_band: party.age_band ?? 'unknown', country: place.country },
      ]),
    ),
  )
  return revealTo(gathered(entries), (lists) => new Map(lists.flat().reverse()))
}

/** The referrals of the organisation, by the days of their steps. */
async function referredIn(act: Reading, { from, to }: Asked): Promise<IndicatorFigures['I09']> {
  const { made, steps } = await referralDays(act)
  const within = (on: string) => from <= on && on <= to
  const first = (state: string) => steps.filter(({ to_state }) => to_state === state)
  const accepted = first('accepted').filter(({ moved_on }) => within(moved_on))
  const proposed = new Map(first('proposed').map(({ referral_id, moved_on }) => [referral_id, moved_on]))
  const waited = accepted.map(({ referral_id, moved_on }) =>
    Math.round((Date.parse(moved_on) - Date.parse(proposed.get(referral_id) ?? moved_on)) / DAY_MS),
  )
  return {
    made: made.filter(within).length,
    proposed: [...proposed.values()].filter(within).length,
    accepted: accepted.length,
    completed: first('completed').filter(({ moved_on }) => within(moved_on)).length,
    median_days_to_acceptance: median(waited),
  }
}
