import type { Canary } from './canary.ts'

export const personsCanary: Canary = {
  columns: ['persons.identity', 'case_persons.facts', 'person_relations.facts'],
  coded: ['persons.facts'],
  async fill({ caller, token, caseId, told }) {
    const enter = async (which: string) => {
      const body = {
        case_id: caseId,
        role: { roles: ['victim'], note: told(`${which} role note`) },
        identity: {
          names: [{ text: told(`${which} person`) }],
          contacts: [{ kind: 'phone', text: told(`${which} telephone`) }],
          documents: [{ kind: 'passport', text: told(`${which} passport`) }],
          note: told(`${which} person note`),
        },
      }
      // Marked values are alike, and other spots add theirs meanwhile: each is looked at until none is new.
      const not_the_same_as: string[] = []
      for (;;) {
        const answer = await caller.call('POST /v1/persons', { token, body: { ...body, not_the_same_as } })
        if (answer.status === 201) return String(answer.body.id)
        if (answer.status !== 409) throw new Error(answer.text)
        not_the_same_as.push(...answer.body.person_ids)
      }
    }
    const one = await enter('first')
    const other = await enter('second')
    await caller.expectOf(200, 'POST /v1/persons/matches', {
      token,
      body: { who: { names: [{ text: told('sought person') }] } },
    })
    await caller.expectOf(201, `POST /v1/cases/${caseId}/relations`, {
      token,
      body: { from_person_id: one, to_person_id: other, facts: { kind: 'parent', note: told('relation note') } },
    })
  },
}
