import type { Canary, Spot } from './canary.ts'

/** A claim, written twice; a complaint with a consent to it, filed, with a letter, each changed once. */
export const complaintsCanary: Canary = {
  coded: ['complaints.facts', 'complaint_steps.facts'],
  columns: [
    'case_claims.legal',
    'complaints.identity',
    'complaints.narrative',
    'complaints.legal',
    'complaint_steps.legal',
    'complaint_letters.legal',
  ],
  async fill({ caller, token, caseId, told }) {
    const path = `/v1/cases/${caseId}`
    const claim = (part: string) => ({
      state: 'KZ',
      late_because: told(`${part} reason of delay`),
      elsewhere: [{ body: 'CAT-22', status: 'pending', note: told(`${part} matter elsewhere`) }],
      overrides: [{ mechanism: 'CAT-22', reason: told(`${part} judgement`) }],
      projects: [{ mechanism: 'WB_IP', name: told(`${part} project`), people: 2 }],
    })
    for (const [version, part] of ['first', 'second'].entries())
      await caller.expectOf(200, `PUT ${path}/claim`, {
        token,
        body: { legal: claim(part) },
        headers: { 'if-match': `"${String(version)}"` },
      })
    await fillComplaint({ caller, token, path, told })
  },
}

type Place = Pick<Spot, 'caller' | 'token' | 'told'> & { readonly path: string }

async function fillComplaint({ caller, token, path, told }: Place): Promise<void> {
  const send = (request: string, body: object, version?: number) =>
    caller.expectOf(version === undefined ? 201 : 200, request, {
      token,
      body,
      ...(version !== undefined && { headers: { 'if-match': `"${String(version)}"` } }),
    })
  await send(`POST ${path}/consents`, {
    facts: {
      purpose: 'submit_to_un_body',
      value: 'given',
      method: 'written',
      said_on: '2026-01-05',
      subject: told('subject'),
    },
    identity: { recipient: 'CCPR' },
  })
  const form = (part: string) => ({
    legal: {
      mechanism: 'CCPR-OP1',
      state: 'KZ',
      language: 'ru',
      claims: [{ article: 'CCPR-7', argument: told(`${part} argument`) }],
      remedies_text: told(`${part} remedies`),
    },
    identity: {
      author: { family_name: told(`${part} author`), address: told(`${part} address`), capacity: 'counsel' },
      victims: [{ family_name: told(`${part} victim`), consent_of: told('subject') }],
    },
    narrative: { events: [{ on: '2025', text: told(`${part} event`) }] },
  })
  const complaint = await send(`POST ${path}/complaints`, form('first'))
  const at = `${path}/complaints/${String(complaint.id)}`
  const step = (part: string) => ({ legal: { step: 'submitted', on: '2026-02-03', note: told(`${part} step`) } })
  const letter = (part: string) => ({
    legal: {
      direction: 'in',
      with: 'body',
      on: '2026-02-05',
      about: told(`${part} letter`),
      note: told(`${part} log`),
    },
  })
  const filed = await send(`POST ${at}/steps`, step('first'))
  const logged = await send(`POST ${at}/letters`, letter('first'))
  await send(`PATCH ${at}`, form('second'), 1)
  await send(`PATCH ${at}/steps/${String(filed.id)}`, step('second'), 1)
  await send(`PATCH ${at}/letters/${String(logged.id)}`, letter('second'), 1)
}
