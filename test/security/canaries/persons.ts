import type { Canary } from './canary.ts'

export const personsCanary: Canary = {
  columns: ['persons.identity', 'case_persons.facts', 'person_relations.facts', 'person_merges.identity'],
  coded: ['persons.facts', 'persons.marks', 'incident_persons.facts', 'person_merges.facts'],
  async fill({ caller, token, caseId, told }) {
    const after409 = async (request: string, bodyBut: (not_the_same_as: string[]) => object) => {
      // Marked values are alike, and other spots add theirs meanwhile: each is looked at until none is new.
      const seen: string[] = []
      for (;;) {
        const answer = await caller.call(request, { token, body: bodyBut(seen) })
        if (answer.status === 201) return answer.body
        if (answer.status !== 409) throw new Error(answer.text)
        seen.push(...answer.body.person_ids)
      }
    }
    const enter = async (which: string, role: string) => {
      const body = {
        case_id: caseId,
        role: { roles: [role], note: told(`${which} role note`) },
        identity: {
          names: [{ text: told(`${which} person`) }],
          contacts: [{ kind: 'phone', text: told(`${which} telephone`) }],
          documents: [{ kind: 'passport', text: told(`${which} passport`) }],
          unit: told(`${which} unit`),
          rank: told(`${which} rank`),
          note: told(`${which} person note`),
        },
      }
      const { id } = await after409('POST /v1/persons', (not_the_same_as) => ({ ...body, not_the_same_as }))
      return String(id)
    }
    const one = await enter('first', 'victim')
    const other = await enter('second', 'alleged_perpetrator')
    await caller.expectOf(200, 'POST /v1/persons/matches', {
      token,
      body: { who: { names: [{ text: told('sought person') }] } },
    })
    await caller.expectOf(201, `POST /v1/cases/${caseId}/relations`, {
      token,
      body: { from_person_id: one, to_person_id: other, facts: { kind: 'parent', note: told('relation note') } },
    })
    const third = await enter('third', 'witness')
    // Who is named as somebody else on entering is not merged: this name is like none of this case.
    const fourth = await after409('POST /v1/persons', (not_the_same_as) => ({
      case_id: caseId,
      role: { roles: ['witness'] },
      identity: { names: [{ text: 'Zzyzx Quux' }] },
      not_the_same_as,
    }))
    await caller.expectOf(201, `POST /v1/persons/${third}/merges`, { token, body: { merged_id: fourth.id } })
    const { items } = await caller.expectOf(200, `GET /v1/incidents?case_id=${caseId}`, { token })
    const party = (not_the_same_as: string[]) => ({
      incident_id: items[0].id,
      parties: [{ ref: 'v1', not_the_same_as }],
    })
    await after409(`POST /v1/cases/${caseId}/persons/from-incident`, party)
  },
}
