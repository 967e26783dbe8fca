import { ownNames } from '../organisations/service.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Letter } from '../platform/documents/letter.ts'
import type { DocumentModel } from '../platform/documents/model.ts'
import { type DocumentFormat, documentMedia, render } from '../platform/documents/render.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { openProvider } from '../providers/service.ts'
import { mustBeAllowed, providerOf } from './consent.ts'
import { gather } from './gather.ts'
import { type Material, referralLetter } from './letter-model.ts'
import { referralPolicy } from './policy.ts'
import { noLetter, referralEnded } from './problems.ts'
import { findReferral, type ReferralRow } from './repo.ts'

type Wanted = {
  readonly id: Id<'referrals'>
  readonly format: DocumentFormat
  readonly language: Letter['language']
}
type Making = Act<'referral.make_letter'>

const REFERENCE_LETTERS = 8
const DAY_SECONDS = 86_400

/**
 * The letter that takes a referral out of the house. Two acts around the making of its pages: each asks for the consent,
 * and the second writes down the hash of what is handed out, so that a letter that turns up later can be traced.
 */
export async function makeLetter(op: Op<'referral.make_letter'>, { id, format, language }: Wanted) {
  const model = await op.act(async (act) =>
    revealTo(await materialOf(act, id), (known) => referralLetter(known, language)),
  )
  const content = await consult<DocumentModel, Promise<Buffer>>(model, (known) => render(known, format))
  await op.act(async (act) => {
    await mayLeave(act, id)
    act.concerns('referrals', id, plainSha256(content))
  })
  return { media: documentMedia[format], file: `referral.${format}`, content }
}

async function mayLeave(act: Making, id: Id<'referrals'>) {
  const found = referralPolicy.grant(act, await findReferral(act, id))
  if (found.kind === 'inside') throw new Problem(noLetter)
  if (found.ended_by !== null) throw new Problem(referralEnded, { ended_by: found.ended_by })
  await mustBeAllowed(act, found)
  return found
}

async function materialOf(act: Making, id: Id<'referrals'>): Promise<Secret<Material>> {
  const found = await mayLeave(act, id)
  const provider = await openProvider(act, await providerOf(act, found))
  if (provider === null) throw new Problem(notFound)
  const sender = await ownNames(act)
  const content = await gather(act, found)
  const days = daysOf(act, found)
  return revealTo(content, (chosen) =>
    consult(provider, (who) =>
      consult(sender, (own) => ({
        content: chosen,
        provider: who,
        sender: own,
        reference: referenceOf(found),
        ...days,
      })),
    ),
  )
}

/** A word of its own: the case's reference would tie letters to one another. */
const referenceOf = ({ id }: ReferralRow): string => `REF-${id.slice(0, REFERENCE_LETTERS).toUpperCase()}`

function daysOf(act: Act, { due_on, answer_days }: ReferralRow) {
  const now = act.services.now()
  return { on: dayOf(now), answer_by: due_on ?? dayOf(secondsAfter(now, answer_days * DAY_SECONDS)) }
}
