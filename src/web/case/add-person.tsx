import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { Choice, FoldedForm, Line } from '../parts/inputs.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import { type Match, Matches } from './matches.tsx'
import type { CaseProps } from './section.tsx'
import { given, isDone, useCreating } from './writing.ts'

const ROLES = [
  'victim',
  'family',
  'witness',
  'source',
  'alleged_perpetrator',
  'lawyer',
  'co_detainee',
  'expert',
  'other',
] as const
type Typed = { readonly name: string; readonly born: string; readonly role: (typeof ROLES)[number] | '' }
const empty: Typed = { name: '', born: '', role: '' }

/** Enters a person, after a look at those with a like name. */
export function AddPerson({ id }: CaseProps) {
  const [typed, type] = useState(empty)
  const [found, setFound] = useState<readonly Match[] | undefined>(undefined)
  const [trouble, setTrouble] = useState('')
  const enter = useCreating('/v1/persons')
  const link = useCreating(`/v1/cases/${id}/persons`)
  const role = { roles: [typed.role] }
  const who = { names: [{ text: typed.name.trim() }], ...given('born', typed.born) }

  async function look(): Promise<void> {
    const { data } = await api.POST('/v1/persons/matches', { body: { who } }).catch(() => ({ data: undefined }))
    setTrouble(data === undefined ? say('error.other') : '')
    setFound(data?.items)
  }
  async function finish(sent: ReturnType<typeof enter.send>): Promise<void> {
    if (!isDone(await sent)) return
    type(empty)
    setFound(undefined)
  }
  const told = (found ?? []).filter(({ is_likely }) => is_likely).map(({ person }) => person.id)
  const person = { case_id: id, role, identity: who, ...(told.length > 0 && { not_the_same_as: told }) }
  return (
    <FoldedForm
      summary={sayCase('people.add')}
      send={sayCase('people.look')}
      said={[trouble, enter.said, link.said].join(' ').trim()}
      isBusy={enter.isBusy || link.isBusy}
      onSend={() => void look()}
    >
      <Line label={sayCase('people.name')} value={typed.name} onValue={(name) => type({ ...typed, name })} isNeeded />
      <Line label={sayCase('people.year')} value={typed.born} onValue={(born) => type({ ...typed, born })} most={10} />
      <Choice
        label={sayCase('people.role')}
        value={typed.role}
        options={ROLES}
        sayOption={(one) => sayCaseCode('role', one)}
        onValue={(one) => type({ ...typed, role: one })}
        isNeeded
      />
      {found !== undefined && (
        <div role="status">
          <Matches
            found={found}
            choose={(person_id) => void finish(link.send({ person_id, role }))}
            label={sayCase('people.this_one')}
          />
          <button type="button" class="main" onClick={() => void finish(enter.send(person))}>
            {sayCase(found.length === 0 ? 'people.enter' : 'people.none_of_them')}
          </button>
        </div>
      )}
    </FoldedForm>
  )
}
