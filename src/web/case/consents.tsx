import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import { Sure } from '../parts/sure.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import { GiveConsent } from './give-consent.tsx'
import type { CaseProps } from './section.tsx'
import { today, useCreating, useShown } from './writing.ts'

type Consents = paths['/v1/cases/{id}/consents']['get']['responses'][200]['content']['application/json']
type Consent = Consents['current'][number]

/** What holds now. What was said before stays on record. */
export function Consents({ id }: CaseProps) {
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/consents', { params: { path: { id } } }),
    `consents ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.current.length === 0 && <p>{sayCase('consents.none')}</p>}
      <ul class="cards">
        {data.current.map((consent) => (
          <li key={consent.id}>
            <Current id={id} consent={consent} />
          </li>
        ))}
      </ul>
      <GiveConsent id={id} />
    </>
  )
}

function Current({ id, consent }: CaseProps & { readonly consent: Consent }) {
  const { said, send } = useCreating(`/v1/cases/${id}/consents`)
  const [isAsked, ask] = useState(false)
  const { facts, identity } = consent
  if (facts === null) return <p>{say('case.closed_to_you')}</p>
  const withdrawn = { facts: { ...facts, value: 'withdrawn', said_on: today() }, identity: identity ?? {} }
  return (
    <>
      <strong>{sayCaseCode('purpose', facts.purpose)}</strong>
      <p>
        {sayCaseCode('value', facts.value)} · {facts.said_on} · {sayCaseCode('method', facts.method)}
        {facts.expires_on !== undefined && ` · ${sayCase('consents.until')} ${facts.expires_on}`}
        {identity?.recipient !== undefined && ` · ${identity.recipient}`}
      </p>
      <div class="row">
        <button type="button" aria-expanded={isAsked} onClick={() => ask(!isAsked)}>
          {sayCase('consents.effects')}
        </button>
        {facts.value === 'given' && (
          <Sure
            label={sayCase('consents.withdraw')}
            sure={sayCase('consents.withdraw_sure')}
            onSure={() => void send(withdrawn)}
          />
        )}
      </div>
      {isAsked && <Effects id={id} consentId={consent.id} />}
      <p role="alert">{said}</p>
    </>
  )
}

/** What this consent stops, as it stands now. */
function Effects({ id, consentId }: CaseProps & { readonly consentId: string }) {
  const path = { id, consent_id: consentId }
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/consents/{consent_id}/effects', { params: { path } }),
    `effects ${consentId}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <div role="status">
      <p>
        {sayCase(data.may ? 'effects.may' : 'effects.may_not')}
        {data.why.length > 0 && `: ${data.why.map((why) => sayCaseCode('why', why)).join(', ')}`}
      </p>
      {data.blocks.length > 0 && (
        <ul>
          {data.blocks.map(({ code, records }) => (
            <li key={code}>
              {sayCaseCode('blocks', code)}
              {records.length > 0 && ` (${String(records.length)})`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
