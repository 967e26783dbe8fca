import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { violationsOn } from './axe.ts'
import { everythingOn, type Page, startBrowser, unlock } from './browser.ts'

const { app, address, phone, signIn } = await startBrowser()
const SHOTS = process.env['SHOTS']
const desk = { viewport: { width: 1280, height: 800 } }

/** A small picture, as a file that somebody chooses. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
)
const NAME = 'invented photo.png'
const folder = mkdtempSync(join(tmpdir(), 'files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, NAME)
writeFileSync(file, PICTURE)

const open = (page: Page, name: string) =>
  page.locator('summary', { has: page.getByRole('heading', { name, exact: true }) }).click()

/** Enters somebody as a victim; looks first at those who have a like name. */
async function enter(page: Page, name: string): Promise<void> {
  await page.getByText('Add a person').click()
  await page.getByLabel('Name, in any script').fill(name)
  await page.getByLabel('As what').selectOption('victim')
  await page.getByRole('button', { name: 'Look for those with a like name' }).click()
  await page.getByRole('button', { name: /Enter this person|None of them/ }).click()
}

async function consent(page: Page): Promise<void> {
  await page.getByText('Record a consent').click()
  await page.getByLabel('To what').selectOption('store')
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByText('Given · ').waitFor()
}

async function chooseFile(page: Page): Promise<void> {
  await page.getByText('Add a file').click()
  await page.getByLabel('File', { exact: true }).setInputFiles(file)
  await page.getByLabel('What it is').locator('option[value="photo"]').waitFor({ state: 'attached' })
  await page.getByLabel('What it is').selectOption('photo')
  await page.getByLabel('How it was obtained').fill('Invented: sent by telephone')
}

const sendFile = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click()

describe('a lawyer at a desk', () => {
  test('opens a case, enters a victim, records consent, adds a file, and sees less missing', async () => {
    const { page, complaints } = await phone(desk)
    await signIn(page, 'lawyer')
    await page.getByRole('link', { name: 'Cases' }).click()
    await page.getByText('Open a case').click()
    await page.getByLabel('What the team calls it').fill('Invented case')
    await page.getByLabel('What it is about').fill('Invented: held for three days')
    await page.getByRole('button', { name: 'Open it' }).click()
    await page.getByRole('heading', { name: /Invented case/ }).waitFor()

    await page.getByRole('button', { name: 'A victim', exact: true }).first().click()
    await enter(page, 'Invented Victimov')
    await page.getByText('Invented Victimov').waitFor()
    await page.getByRole('button', { name: 'Consent to store' }).first().click()
    await consent(page)
    await open(page, 'Evidence')
    await chooseFile(page)
    await sendFile(page)
    await page.getByRole('button', { name: 'Look at it here' }).click()
    await page.getByRole('img', { name: NAME }).waitFor()

    expect(await page.getByRole('button', { name: 'A victim', exact: true }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Consent to store' }).count()).toBe(0)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect((await saved).suggestedFilename()).toBe(NAME)
    expect(complaints).toEqual([])
  })

  test('finds a name that was written in another script, and is warned before it is entered twice', async () => {
    const { page } = await phone(desk)
    const id = await openCase(app.as('lawyer'))
    await signIn(page, 'lawyer')
    await page.goto(`${address}/#/cases/${id}`)
    await open(page, 'People')
    await enter(page, 'Рахимов Фаррух')
    await page.locator('li', { hasText: 'Рахимов Фаррух' }).first().waitFor()

    await page.getByRole('link', { name: 'Find a person' }).click()
    await page.getByLabel('Name, in any script').fill('Farrukh Rakhimov')
    await page.getByRole('button', { name: 'Search' }).click()

    await page.getByText('Рахимов Фаррух').waitFor()
    await page.goto(`${address}/#/cases/${await openCase(app.as('lawyer'))}`)
    await open(page, 'People')
    await enter(page, 'Farruh Rahimov')
    await page.locator('li', { hasText: 'Farruh Rahimov' }).waitFor()
  })

  test('writes a task and says that it is done; withdraws a consent and sees what that stops', async () => {
    const { page } = await phone(desk)
    await signIn(page, 'intake')
    await page.goto(`${address}/#/cases/${await openCase(app.as('intake'))}`)
    await open(page, 'Tasks')
    await page.getByText('Add a task').click()
    await page.getByLabel('What is to do').fill('Invented: call the mother')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByLabel('Invented: call the mother').click()
    await expect.poll(() => page.getByLabel('Invented: call the mother').isChecked()).toBe(true)

    await open(page, 'Consents')
    await consent(page)
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByRole('button', { name: /Press again/ }).click()
    await page.getByText('Withdrawn · ').waitFor()
    await page.getByRole('button', { name: 'What it stops' }).click()

    await page.getByText('Moving the case to documentation').waitFor()
  })

  test('a file goes on after the page was closed, and its name lay on the device only encrypted', async () => {
    const { page } = await phone(desk)
    const id = await openCase(app.as('lawyer'))
    await unlock(page)
    await signIn(page, 'lawyer')
    await page.goto(`${address}/#/cases/${id}`)
    await open(page, 'Evidence')
    await chooseFile(page)
    await page.route('**/v1/uploads/*', (route) => route.abort())
    await sendFile(page)
    await page.getByText(`${NAME}: 0%`).waitFor()
    const kept = await everythingOn(page)

    await page.unroute('**/v1/uploads/*')
    await page.reload()
    await page.goto(`${address}/#/`)
    await unlock(page)
    await signIn(page, 'lawyer')
    await page.goto(`${address}/#/cases/${id}`)
    await open(page, 'Evidence')
    await page.getByLabel('Choose the same file to go on').setInputFiles(file)

    await page.getByRole('button', { name: 'Look at it here' }).waitFor()
    expect(kept).not.toContain('invented photo')
    expect(await page.getByText('Choose the same file to go on').count()).toBe(0)
  })

  test('is shut after ten minutes without a touch, and opened again with the PIN alone', async () => {
    const { page } = await phone(desk)
    await page.clock.install()
    await unlock(page)
    await signIn(page, 'intake')
    await page.getByRole('link', { name: 'Cases' }).click()
    await page.getByRole('heading', { name: 'Cases' }).waitFor()

    await page.clock.fastForward('11:00')
    await page.getByRole('heading', { name: 'Unlock this device' }).waitFor()
    expect(await page.getByRole('heading', { name: 'Cases' }).count()).toBe(0)
    await page.getByLabel('PIN or words').fill('river stone')
    await page.getByRole('button', { name: 'Unlock' }).click()

    await page.getByRole('heading', { name: 'Cases' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  })

  test('without a PIN the session ends after ten minutes without a touch', async () => {
    const { page } = await phone(desk)
    await page.clock.install()
    await signIn(page, 'lawyer')
    await page.getByRole('link', { name: 'Cases' }).click()
    await page.getByRole('heading', { name: 'Cases' }).waitFor()

    await page.clock.fastForward('11:00')

    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})

const LOOKS = ['light', 'dark'] as const
const SECTIONS = [
  'Deadlines',
  'Tasks',
  'People',
  'Conflict of interest',
  'Consents',
  'Evidence',
  'Papers of the case',
  'Detention',
  'Findings',
  'Domestic proceedings',
  'Complaints and documents',
  'Referrals',
  'Timeline',
]

test('the file of a case passes axe with all of it open, in light and dark, narrow and wide', async () => {
  const id = await fullCase()
  const { page } = await phone({ ...desk, bypassCSP: true })
  await signIn(page, 'intake')
  const found: Record<string, string[]> = {}
  const looks = LOOKS.flatMap((colorScheme) => [360, 1280].map((width) => ({ colorScheme, width })))
  const look = async (what: string) => {
    for (const { colorScheme, width } of looks) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      const name = `${what}-${colorScheme}-${String(width)}`
      found[name] = await violationsOn(page)
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
    }
  }
  await page.goto(`${address}/#/cases/${id}`)
  await page.getByRole('heading', { name: 'Two brothers' }).waitFor()
  await look('closed')
  for (const name of SECTIONS) await open(page, name)
  await page.getByText('Where a complaint can go').waitFor()
  await expect.poll(() => page.getByText('One moment…').count()).toBe(0)
  await look('case')
  const folded = page.locator('details.new:not([open]) > summary')
  while ((await folded.count()) > 0) await folded.first().click()
  await look('forms')
  await page.goto(`${address}/#/search`)
  await page.getByRole('heading', { name: 'Find a person' }).waitFor()
  await look('search')

  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
})

/** A case that has something in each section. */
async function fullCase(): Promise<string> {
  const lawyer = app.as('intake')
  const id = await openCase(lawyer)
  const made = await Promise.all([
    lawyer.post(`/v1/cases/${id}/detentions`, {
      facts: { came_by: 'arrest', place: 'police_station', from: '2026-03-01T10:00' },
      narrative: {},
    }),
    lawyer.post(`/v1/cases/${id}/findings`, {
      facts: { sort: 'physical', regions: ['hand_left', 'upper_back'], kind: 'bruise' },
      narrative: { description: 'Invented: a bruise' },
    }),
    lawyer.post(`/v1/cases/${id}/proceedings`, {
      legal: { state: 'KG', step_code: 'L1_REPORT', filed_on: '2026-03-03', result: 'pending' },
    }),
    lawyer.post(`/v1/cases/${id}/deadlines`, {
      deadline: { by: 'hand', kind: 'hearing', due_on: '2027-01-10', zone: 'Asia/Bishkek' },
    }),
    lawyer.post(`/v1/cases/${id}/consents`, {
      facts: { purpose: 'store', value: 'given', method: 'written', said_on: '2026-03-02' },
    }),
    lawyer.post(`/v1/cases/${id}/papers`, { kind: 'milestone', narrative: { reached: 'Invented: the first hearing' } }),
    lawyer.post(`/v1/cases/${id}/papers`, { kind: 'task', narrative: { to_do: 'Invented: call' } }),
  ])
  expect(made.map(({ status, body }) => (status === 201 ? 201 : body))).toEqual(made.map(() => 201))
  return id
}
