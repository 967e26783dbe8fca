import { type As, type startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

type App = Awaited<ReturnType<typeof startApp>>

/** Opens a case led by that person, and answers its id. */
export async function openCase(by: As): Promise<string> {
  const { status, body, text } = await by.post('/v1/cases', {
    identity: { title: 'Invented case' },
    narrative: { summary: 'Invented.' },
    facts: { kind: 'torture_or_ill_treatment', tags: [] },
  })
  if (status !== 201) throw new Error(`no case was opened: ${text}`)
  return body.id
}

/** What the intake of home does to an incident, under the version it has now. */
export const handling = (app: App) => {
  const intake = app.as('intake')
  const versionNow = async (id: string): Promise<number> => (await intake.get(`/v1/incidents/${id}`)).body.version
  const changing =
    (path: string) =>
    async (id: string, body: unknown, by: As = intake) =>
      by.post(`/v1/incidents/${id}/${path}`, body, ifMatch(await versionNow(id)))
  return { triage: changing('triage'), link: changing('case'), verify: changing('verification') }
}
