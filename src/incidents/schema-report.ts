import { z } from 'zod'
import { consult, Secret, secretOf } from '../platform/crypto/secret.ts'
import { checkFacts, type Fault, fault, repeated, report } from './check-facts.ts'
import { factsWith, type IncidentFacts } from './schema.ts'
import { IncidentIdentity, IncidentLegal, IncidentNarrative, textsByKind } from './schema-texts.ts'

/** Nobody verifies their own report. */
const NotYetVerified = z.strictObject({ grade: z.literal('alleged') }).default({ grade: 'alleged' })

const ReportedFacts = factsWith(NotYetVerified).superRefine(checkFacts)

/** A monitor's report. What is in it is readable to the intake alone, not to its author. */
export const IncidentReport = z
  .strictObject({
    facts: secretOf(ReportedFacts),
    narrative: secretOf(IncidentNarrative),
    identity: secretOf(IncidentIdentity).prefault({ parties: [] }),
    legal: secretOf(IncidentLegal).prefault({ readings: [] }),
  })
  .superRefine(({ facts, narrative, identity }, issues) => {
    // A part that did not parse is still plain here, and has been reported already.
    if (![facts, narrative, identity].every((part) => part instanceof Secret)) return
    const faults = consult(facts, (known) => [
      ...consult(identity, (named) => identityFaults(known, named)),
      ...consult(narrative, (told) => narrativeFaults(known, told)),
    ])
    report(issues, faults)
  })
export type IncidentReport = z.output<typeof IncidentReport>

function identityFaults({ parties }: IncidentFacts, named: IncidentIdentity): Fault[] {
  const refs = new Set(parties.map(({ ref }) => ref))
  const doubles = new Set(repeated(named.parties, ({ ref }) => ref))
  return named.parties.flatMap(({ ref }, at) => {
    const path = ['identity', 'parties', at, 'ref']
    if (!refs.has(ref)) return [fault(path, 'is not the ref of a party')]
    return doubles.has(at) ? [fault(path, 'names a party twice')] : []
  })
}

const kindTexts = [...new Set(Object.values(textsByKind).flat())]

function narrativeFaults({ kind }: IncidentFacts, told: IncidentNarrative): Fault[] {
  const own: readonly string[] = textsByKind[kind]
  return kindTexts
    .filter((name) => told[name] !== undefined && !own.includes(name))
    .map((name) => fault(['narrative', name], 'is not for this kind of incident'))
}
