import { api } from '../api/client.ts'
import { sayStage } from '../pages/cases.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import { MoveStage } from './move-stage.tsx'
import { show } from './section.tsx'
import { useShown } from './writing.ts'

const BAR = ['intake', 'documentation', 'litigation', 'follow_up', 'closed'] as const

/** Where on this page a thing that is missing is written. */
const places: Readonly<Record<string, string>> = {
  victim: 'people',
  consent_to_store: 'consents',
  risk_assessment: 'papers',
  conflict_check: 'conflicts',
  authority: 'papers',
  final_outcome: 'proceedings',
}

type Props = { readonly id: string; readonly stage: string }

/** How far the case is, and the moves that the server allows with what each still lacks. */
export function Stages({ id, stage }: Props) {
  const { data } = useShown(() => api.GET('/v1/cases/{id}/transitions', { params: { path: { id } } }), `moves ${id}`)
  return (
    <section aria-labelledby="next">
      <ol class="stages">
        {BAR.map((one) => (
          <li key={one} aria-current={one === stage ? 'step' : undefined}>
            {sayStage(one)}
          </li>
        ))}
      </ol>
      <h2 id="next">{say('case.next')}</h2>
      <ul class="cards">
        {data?.allowed.map((move) => (
          <li key={move.to}>
            <strong>{sayStage(move.to)}</strong>
            {move.missing.length > 0 && <p>{say('case.missing')}</p>}
            <ul class="missing">
              {move.missing.map((what) => (
                <li key={what}>
                  <Missing what={what} />
                </li>
              ))}
            </ul>
            {move.missing.length === 0 && <MoveStage id={id} move={move} version={data.version} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Missing({ what }: { readonly what: string }) {
  const place = places[what]
  const said = sayCaseCode('missing', what)
  if (place === undefined) return <>{said}</>
  return (
    <button type="button" class="quiet" title={sayCase('go_there')} onClick={() => show(place)}>
      {said}
    </button>
  )
}
