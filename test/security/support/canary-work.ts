import { ifMatch } from '../../support/client.ts'
import { canaries } from '../canaries/all.ts'
import { type Body, type Caller, eachOf } from './caller.ts'
import type { People } from './canary-people.ts'
import { asciiMarks, codes, marked, MARKS } from './marks.ts'

const told = (field: string, at: number) => marked(field)[at % MARKS]

/** A report with a marked value in every text that it has room for. */
const reportOf = (at: number) => ({
  facts: {
    kind: 'torture_or_ill_treatment',
    occurred: { precision: 'day', from: '2025-11-14' },
    place: { country: 'KZ' },
    parties: [{ ref: 'v1', roles: ['victim'], sort: 'person' }],
    acts: [{ violation: codes[at % MARKS], victim_ref: 'v1' }],
    sources: [{ connection: 'victim', reliability: 'usually_reliable', validity: 'probably_true' }],
    details: { purposes: ['confession'] },
  },
  narrative: {
    summary: told('summary', at),
    account: told('account', at),
    place_text: told('place', at),
    official_version: told('official', at),
    injuries: told('injuries', at),
  },
  identity: {
    parties: [
      {
        ref: 'v1',
        names: [{ text: told('name', at), kind: 'official' }],
        contacts: [{ kind: 'phone', text: told('contact', at) }],
        documents: [{ kind: 'passport', text: told('document', at) }],
        unit: told('unit', at),
        rank: told('rank', at),
        note: told('note', at),
      },
    ],
  },
  legal: { readings: [{ article: 'CAT-1', certainty: 'low', note: told('reading', at) }], notes: told('legal', at) },
})

const caseOf = (at: number, version: string) => ({
  identity: { title: told(`${version} title`, at) },
  narrative: { summary: told(`${version} summary`, at), strategy: told(`${version} strategy`, at) },
  legal: { notes: told(`${version} notes`, at) },
  facts: { tags: [codes[at % MARKS]] },
})

const tokenAt = ({ members }: People, at: number) => members[at]?.token ?? ''

/** A hundred reports, half of them one by one and half in batches, by many monitors. */
async function submitReports(caller: Caller, people: People): Promise<string[]> {
  const alone = await eachOf(told50('report'), (_, at) =>
    caller.expectOf(201, 'POST /v1/incidents', {
      token: tokenAt(people, 5 + (at % 15)),
      body: reportOf(at),
      headers: { 'idempotency-key': asciiMarks('key-report')[at] ?? '' },
    }),
  )
  const reports = asciiMarks('key-batch').map((key, at) => ({ key, report: reportOf(at) }))
  const { outcomes } = await caller.expectOf(200, 'POST /v1/incidents/batch', {
    token: tokenAt(people, 6),
    body: { reports },
  })
  return [...alone.map(({ id }) => String(id)), ...outcomes.map(({ receipt }: Body) => String(receipt.id))]
}

const told50 = (field: string) => marked(field)

async function triage(caller: Caller, people: People, ids: readonly string[]): Promise<void> {
  const token = tokenAt(people, 0)
  await eachOf(ids.slice(0, MARKS), async (id, at) => {
    const question = { decision: 'return', question: told('question', at) }
    await caller.expectOf(200, `POST /v1/incidents/${id}/triage`, { token, body: question, headers: ifMatch(1) })
    await caller.expectOf(201, `POST /v1/incidents/${id}/supplements`, {
      token: tokenAt(people, 5 + (at % 15)),
      body: { narrative: { account: told('supplement', at) } },
    })
  })
  await eachOf(ids.slice(MARKS), (id, at) => {
    const body = { decision: 'reject', reason_code: 'out_of_mandate', note: told('rejection', at) }
    return caller.expectOf(200, `POST /v1/incidents/${id}/triage`, { token, body, headers: ifMatch(1) })
  })
}

/** Fifty cases, each with a report; they are changed, get a team, lose it again, and are declined. */
async function workOnCases(caller: Caller, people: People, ids: readonly string[]): Promise<void> {
  const token = tokenAt(people, 0)
  const colleague = people.members[1]?.id ?? ''
  await eachOf(ids.slice(0, MARKS), async (incident, at) => {
    const { id } = await caller.expectOf(201, 'POST /v1/cases', { token, body: caseOf(at, 'first') })
    const { version } = await caller.expectOf(200, `GET /v1/incidents/${incident}`, { token })
    const accept = { decision: 'accept', case_id: id }
    await caller.expectOf(200, `POST /v1/incidents/${incident}/triage`, {
      token,
      body: accept,
      headers: ifMatch(version),
    })
    const grade = { grade: 'verified', standard: 'two_independent_sources' }
    const verification = { token, body: grade, headers: ifMatch(Number(version) + 1) }
    await caller.expectOf(200, `POST /v1/incidents/${incident}/verification`, verification)
    await caller.expectOf(200, `PATCH /v1/cases/${String(id)}`, {
      token,
      body: caseOf(at, 'second'),
      headers: ifMatch(1),
    })
    if (at < 10) {
      const member = { user_id: colleague, part: 'member' }
      await caller.expectOf(200, `POST /v1/cases/${String(id)}/members`, {
        token,
        body: member,
        headers: ifMatch(2),
      })
      await caller.expectOf(200, `DELETE /v1/cases/${String(id)}/members/${colleague}`, {
        token,
        headers: ifMatch(3),
      })
    }
    await fillCase(caller, people, { caseId: String(id), at })
    const declined = { to: 'declined', reason_code: 'no_capacity', reason: told('transition', at) }
    const file = await caller.expectOf(200, `GET /v1/cases/${String(id)}`, { token })
    const moved = { token, body: declined, headers: ifMatch(Number(file.version)) }
    await caller.expectOf(200, `POST /v1/cases/${String(id)}/transitions`, moved)
  })
}

/** What each module keeps of a case, one after the other: some build on what others left. */
async function fillCase(caller: Caller, people: People, { caseId, at }: { caseId: string; at: number }): Promise<void> {
  const clinician = { id: people.members[1]?.id ?? '', token: tokenAt(people, 1) }
  const spot = {
    caller,
    token: tokenAt(people, 0),
    clinician,
    founder: people.founder,
    // The clinician of the canary test is an administrator too.
    administrator: clinician,
    caseId,
    at,
    told: (field: string) => told(field, at) ?? '',
  }
  for (const { fill } of canaries) await fill(spot)
}

async function addProgrammes(caller: Caller, { founder }: People): Promise<void> {
  await eachOf(marked('programme'), (name, at) =>
    caller.expectOf(201, 'POST /v1/programmes', {
      token: founder.token,
      body: { starts_on: '2026-01-01', ends_on: '2026-12-31', profile: { name, donor: told('donor', at) } },
      headers: { 'idempotency-key': asciiMarks('key-programme')[at] ?? '' },
    }),
  )
}

/** Counts over the marked codes: declared, tried, looked at, and asked for of a period without reports. */
async function countVictims(caller: Caller, { founder: { token } }: People): Promise<void> {
  const definition = { population: 'victims', dimensions: ['violation', 'country'], margins: 2 }
  const { id } = await caller.expectOf(201, 'POST /v1/statistics/cubes', { token, body: { definition } })
  const year = String(new Date().getUTCFullYear())
  const cube = `/v1/statistics/cubes/${String(id)}`
  await caller.expectOf(200, `POST ${cube}/trials`, { token, body: { period: year } })
  await caller.expectOf(200, `POST ${cube}/releases`, { token, body: { period: '2020-Q1' } })
  await caller.expectOf(200, 'GET /v1/statistics/counts?population=victims&by=violation,country', { token })
}

/** The main job, with marked values wherever somebody can put a word. */
export async function doTheMainJob(caller: Caller, people: People): Promise<void> {
  await addProgrammes(caller, people)
  const ids = await submitReports(caller, people)
  await triage(caller, people, ids)
  await workOnCases(caller, people, ids)
  const lists = ['incidents?limit=200', 'cases?limit=200', 'members', 'organisations', 'programmes', 'audit?limit=200']
  await countVictims(caller, people)
  for (const list of lists) await caller.expectOf(200, `GET /v1/${list}`, { token: people.founder.token })
}

/** Everything that can go wrong with a marked value in it: none of it may reach a log, nor come back. */
export async function makeMistakes(caller: Caller, people: People): Promise<string[]> {
  const token = tokenAt(people, 0)
  const path = encodeURIComponent(told('path', 1) ?? '')
  const strange = {
    'user-agent': 'Kanareika',
    cookie: 'kanareika=zhavoronok',
    referer: 'https://example.org/kanareika',
  }
  const asks: Parameters<Caller['call']>[] = [
    [`GET /v1/${path}`, { token }],
    [`GET /${path}?kanareika=1`, { headers: strange }],
    [`GET /v1/incidents/${path}`, { token }],
    [`GET /v1/incidents?status=${path}&after=kanareika&kanareika=1`, { token }],
    [`GET /v1/vocabularies/kanareika`, { headers: { 'accept-language': 'kanareika' } }],
    ['GET /v1/me', { token: 'kanareika.zhavoronok.kanareika' }],
    ['GET /v1/me', { headers: { authorization: 'Basic kanareika:zhavoronok' } }],
    ['POST /v1/incidents', { token, body: { ...reportOf(1), kanareika: 'Kanareika' } }],
    ['POST /v1/incidents', { token, body: '{"narrative": {"summary": "Kanareika' }],
    ['POST /v1/incidents', { token, body: 'Kanareika', headers: { 'content-type': 'text/kanareika' } }],
    ['POST /v1/incidents', { token, body: reportOf(2), headers: { 'idempotency-key': 'kanareika kanareika' } }],
    [
      'POST /v1/incidents',
      {
        token: tokenAt(people, 5),
        body: reportOf(2),
        headers: { 'idempotency-key': asciiMarks('key-report')[0] ?? '' },
      },
    ],
    [
      'POST /v1/incidents/batch',
      { token, body: { reports: [{ key: 'phone-report-1', report: { narrative: 'Kanareika' } }] } },
    ],
    ['POST /v1/cases', { token, body: { identity: 'Kanareika'.repeat(40_000) } }],
    [
      'POST /v1/cases',
      {
        token,
        body: { identity: { title: 'Kanareika' }, narrative: { summary: '\u0000' }, facts: { tags: ['kanareika'] } },
      },
    ],
    [`PATCH /v1/cases/${people.founder.id}`, { token, body: caseOf(1, 'third'), headers: { 'if-match': 'kanareika' } }],
    [
      'POST /v1/invitations/accept',
      { body: { code: 'KANAREIK', profile: { name: 'Kanareika' }, handle: 'kanareika-0' } },
    ],
    ['POST /v1/recoveries/complete', { body: { code: 'KANAREIK', passphrase: 'zhavoronok' } }],
    ['POST /v1/session/refresh', { body: { refresh_token: 'kanareika.zhavoronok.kanareika' } }],
    ['POST /v1/session', { body: { handle: 'kanareika-0', passphrase: 'zhavoronok, but the wrong one' } }],
    ['POST /v1/session', { body: { handle: 'zhavoronok.over.the.winter.lake', passphrase: 'kanareika-0' } }],
    ['POST /v1/session', { body: { handle: 'kanareika-0', passphrase: 'zhavoronok', code: 'kanareika' } }],
  ]
  const answers = await eachOf(asks, async ([request, ask]) => ({ request, ...(await caller.call(request, ask)) }))
  return answers.map(({ status, text, request }) => `${status} ${request} ${text}`)
}
