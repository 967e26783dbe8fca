import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import { AddPerson } from './add-person.tsx'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

type All = paths['/v1/cases/{id}/persons']['get']['responses'][200]['content']['application/json']
type Link = All['items'][number]

/** Everybody in the case, and as what. */
export function People({ id }: CaseProps) {
  useEffect(() => ['special_protection', 'age_bands', 'sex'].forEach((list) => void readList(list)), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/persons', { params: { path: { id } } }),
    `people ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.items.length === 0 && <p>{sayCase('people.none')}</p>}
      <ul class="cards">
        {data.items.map((link) => (
          <li key={link.person_id}>
            <One link={link} />
          </li>
        ))}
      </ul>
      <AddPerson id={id} />
    </>
  )
}

function One({ link: { role, person } }: { readonly link: Link }) {
  const { identity, facts } = person
  const told = [...(role?.roles.map((one) => sayCaseCode('role', one)) ?? []), ...bornOf(identity), ...codesOf(facts)]
  return (
    <>
      <strong>{identity === null ? say('case.closed_to_you') : namesOf(identity.names)}</strong>
      <p>{told.join(' · ')}</p>
      <Protected codes={facts?.special_protection ?? []} />
      <Contacts of={identity?.contacts ?? []} />
    </>
  )
}

type Contact = NonNullable<NonNullable<Link['person']['identity']>['contacts']>[number]

const Contacts = ({ of }: { readonly of: readonly Contact[] }) => (
  <>
    {of.map(({ kind, text, is_safe }) => (
      <p key={text}>
        {sayCaseCode('contact', kind)}: {text} {is_safe === false && <strong>{sayCase('people.unsafe')}</strong>}
      </p>
    ))}
  </>
)

const namesOf = (names: readonly { readonly text: string }[]): string => names.map(({ text }) => text).join(' / ')

const bornOf = (identity: Link['person']['identity']): string[] =>
  identity?.born === undefined ? [] : [`${sayCase('people.born')}: ${identity.born}`]

const codesOf = (facts: Link['person']['facts']): string[] => [
  ...(facts?.sex === undefined ? [] : [sayListed('sex', facts.sex)]),
  ...(facts?.age_band === undefined ? [] : [sayListed('age_bands', facts.age_band)]),
]

function Protected({ codes }: { readonly codes: readonly string[] }) {
  if (codes.length === 0) return null
  return (
    <p>
      {sayCase('people.protection')}: {codes.map((code) => sayListed('special_protection', code)).join(', ')}
    </p>
  )
}
