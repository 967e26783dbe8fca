import { useState } from 'preact/hooks'
import { Choice, FoldedForm, Line, Long } from '../parts/inputs.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import type { CaseProps } from './section.tsx'
import { given, isDone, today, useCreating } from './writing.ts'

const KINDS = ['note', 'milestone', 'risk_assessment', 'conflict_check', 'authority'] as const
type Kind = (typeof KINDS)[number]
type Typed = Readonly<Record<string, string>>

/** What each kind of paper is asked for, with the codes of what is chosen. */
const fields: Readonly<Record<Kind, readonly { name: string; codes?: readonly string[]; isNeeded?: boolean }[]>> = {
  note: [{ name: 'text' }],
  milestone: [{ name: 'reached' }],
  risk_assessment: [
    { name: 'for_whom' },
    { name: 'threat' },
    { name: 'likelihood', codes: ['low', 'medium', 'high'] },
    { name: 'severity', codes: ['minor', 'serious', 'grave'] },
    { name: 'measures' },
  ],
  conflict_check: [
    { name: 'result', codes: ['clear', 'possible_conflict', 'waived'] },
    { name: 'searched' },
    { name: 'finding', isNeeded: false },
  ],
  authority: [{ name: 'signed_by' }, { name: 'signed_on' }, { name: 'scope' }],
}

/** A risk assessment holds a list of threats; the form asks for one. */
function narrativeOf(kind: Kind, typed: Typed): unknown {
  let told: Readonly<Record<string, unknown>> = {}
  for (const { name } of fields[kind]) told = { ...told, ...given(name, typed[name] ?? '') }
  if (kind !== 'risk_assessment') return told
  const { for_whom, ...threat } = told
  return { for_whom, threats: [threat] }
}

export function WritePaper({ id }: CaseProps) {
  const [kind, setKind] = useState<Kind | ''>('')
  const [typed, type] = useState<Typed>({ signed_on: today() })
  const { said, isBusy, send } = useCreating(`/v1/cases/${id}/papers`)
  async function add(): Promise<void> {
    if (kind === '' || !isDone(await send({ kind, narrative: narrativeOf(kind, typed) }))) return
    type({ signed_on: today() })
    setKind('')
  }
  return (
    <FoldedForm
      summary={sayCase('papers.add')}
      send={sayCase('papers.do')}
      said={said}
      isBusy={isBusy}
      onSend={() => void add()}
    >
      <Choice
        label={sayCase('papers.kind')}
        value={kind}
        options={KINDS}
        sayOption={(one) => sayCaseCode('paper', one)}
        onValue={setKind}
        isNeeded
      />
      {kind !== '' &&
        fields[kind].map(({ name, codes, isNeeded = true }) => {
          const common = {
            label: sayCaseCode('field', name),
            value: typed[name] ?? '',
            onValue: (value: string) => type({ ...typed, [name]: value }),
            isNeeded,
          }
          if (codes !== undefined)
            return <Choice key={name} {...common} options={codes} sayOption={(one) => sayCaseCode(name, one)} />
          return name.endsWith('_on') ? <Line key={name} {...common} type="date" /> : <Long key={name} {...common} />
        })}
    </FoldedForm>
  )
}
