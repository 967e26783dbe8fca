import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Op } from '../platform/operation/op.ts'
import { renewRecordKey } from '../platform/operation/record-keys.ts'
import { openFile } from './case-file.ts'
import { casePolicy } from './policy.ts'
import { type CaseContents, claimVersion, findCase, updateContents } from './repo.ts'
import type { CaseChange, CaseFile } from './schema.ts'

type Changing = { readonly id: Id<'cases'>; readonly version: number; readonly change: CaseChange }

/** Replaces the classes that are given. All four are sealed anew: they share the seal version that binds them to the row. */
export function changeCase(op: Op<'case.change'>, { id, version, change }: Changing): Promise<CaseFile> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    const { file } = await openFile(act, found)
    const values = merged(file, change)
    const access = await renewRecordKey(act, found)
    await updateContents(act, found, { access, values })
    return { ...file, ...values, version: version + 1 }
  })
}

function merged(file: CaseFile, change: CaseChange): CaseContents {
  const before = contentsOf(file)
  return {
    identity: change.identity ?? before.identity,
    narrative: change.narrative ?? before.narrative,
    legal: change.legal ?? before.legal,
    facts: change.facts ?? before.facts,
  }
}

/** All four classes: who holds a part of the key only, changes nothing. */
function contentsOf({ identity, narrative, legal, facts }: CaseFile): CaseContents {
  if (identity === null || narrative === null || legal === null || facts === null) throw new Problem(notFound)
  return { identity, narrative, legal, facts }
}
