import { describe, expect, test } from 'vitest'
import { everythingOn, type Page, startBrowser, unlock } from './browser.ts'

const { app, address, phone, signIn } = await startBrowser()

const marks = Array.from({ length: 50 }, (_, at) => `kanareika${String(at).padStart(2, '0')}zhyltyr`)
const SUMMARY = `Invented: held at a station ${marks.join(' ')}`

/** Answers what is needed of a report of a detention, one question after the other, and sends it. */
async function write(page: Page, summary: string): Promise<void> {
  await page.getByText('New report').click()
  await page.getByRole('button', { name: 'Arrest or detention' }).click()
  await page.getByLabel('In one sentence').fill(summary)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('How exactly do you know when?').selectOption('month')
  await page.getByLabel('Month, as 2026-03').fill('2026-03')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Country').selectOption('KG')
  await page.getByRole('button', { name: 'All questions at once' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Invented Person')
  await page.getByLabel('How it ended').selectOption('released')
}

const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).click()
const received = async (): Promise<{ id: string }[]> =>
  (await app.as('intake').get('/v1/incidents?limit=100')).body.items

/** The report with this summary, as the intake finds it. */
async function idOf(summary: string): Promise<string> {
  for (const { id } of await received()) {
    const { body } = await app.as('intake').get(`/v1/incidents/${id}`)
    if (body.narrative.summary === summary) return id
  }
  throw new Error('nobody received it')
}

describe('a monitor on a phone', () => {
  test('writes a report, sends it, and sees that it has arrived; the intake reads it as it was typed', async () => {
    const { page, complaints } = await phone()
    await unlock(page)
    await signIn(page, 'monitor')
    await write(page, 'Invented: stopped on the way home')
    await send(page)

    await page.getByText('Arrived:').waitFor()

    const id = await idOf('Invented: stopped on the way home')
    const { body } = await app.as('intake').get(`/v1/incidents/${id}`)
    expect(body.narrative.summary).toBe('Invented: stopped on the way home')
    expect(body.facts).toMatchObject({
      kind: 'arbitrary_detention',
      occurred: { precision: 'month', from: '2026-03' },
      details: { outcome: 'released' },
    })
    expect(body.identity.parties).toEqual([{ ref: 'v1', names: [{ text: 'Invented Person' }] }])
    expect(complaints).toEqual([])
  })

  test('is told what is missing, and keeps what was typed', async () => {
    const { page } = await phone()
    await unlock(page)
    await page.getByText('New report').click()
    await page.getByRole('button', { name: 'Somebody died' }).click()
    await page.getByLabel('In one sentence').fill('Invented: a sentence to keep')
    await page.getByRole('button', { name: 'All questions at once' }).click()
    await send(page)

    expect(await page.getByRole('alert').textContent()).toContain('Country')
    expect(await page.getByLabel('In one sentence').inputValue()).toBe('Invented: a sentence to keep')
  })

  test('without a line: writes, closes the page, opens it again, and all arrive once when the line is back', async () => {
    const { page, context } = await phone()
    await unlock(page)
    await signIn(page, 'monitor')
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.reload()
    await unlock(page)
    for (const list of ['countries', 'regions']) await page.evaluate((name) => fetch(`/v1/vocabularies/${name}`), list)
    await page.getByText('New report').click()
    await page.getByRole('button', { name: 'Other' }).click()
    await page.getByRole('button', { name: 'All questions at once' }).click()
    await page.getByLabel('Country').locator('option[value="KG"]').waitFor({ state: 'attached' })
    await page.goto(`${address}/#/`)
    const before = (await received()).length

    await context.setOffline(true)
    for (const at of [1, 2]) {
      await write(page, `${SUMMARY} ${String(at)}`)
      await send(page)
      await page
        .getByText('Waits for the line')
        .nth(at - 1)
        .waitFor()
    }
    const kept = await everythingOn(page)
    await page.reload()
    await unlock(page)
    expect(await page.getByText('Waits for the line').count()).toBe(2)

    await context.setOffline(false)
    await signIn(page, 'monitor')
    await page.getByText('Arrived:').waitFor()
    await expect.poll(async () => (await received()).length).toBe(before + 2)
    await expect.poll(() => page.getByText('Waits for the line').count()).toBe(0)
    const left = await everythingOn(page)

    expect(marks.filter((mark) => kept.includes(mark))).toEqual([])
    expect(marks.filter((mark) => left.includes(mark))).toEqual([])
  })

  test('wipes the device by pressing twice', async () => {
    const { page } = await phone()
    await unlock(page)
    await page.getByText('New report').click()
    await page.getByRole('button', { name: 'Other' }).click()
    await page.getByLabel('In one sentence').fill(SUMMARY)
    await page.goto(`${address}/#/`)

    const button = page.getByRole('button', { name: 'Delete everything here now' })
    await button.click()
    await page
      .getByRole('button', { name: /Press again/ })
      .last()
      .click()
    await page.waitForURL('about:blank')

    await page.goto(address)
    await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor()
    const left = await everythingOn(page)
    expect(marks.filter((mark) => left.includes(mark))).toEqual([])
  })

  test('ten wrong PINs delete everything', async () => {
    const { page } = await phone()
    await unlock(page)
    await page.getByRole('button', { name: 'Lock' }).click()
    for (let at = 0; at < 10; at += 1) {
      await page.getByLabel('PIN or words').fill(`wrong ${String(at)}`)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await expect.poll(() => page.getByLabel('PIN or words').inputValue()).toBe('')
    }

    await page.getByRole('heading', { name: 'Choose a PIN' }).waitFor()
  })

  test('is asked by the intake on its page, and answers on his', async () => {
    const { page } = await phone()
    await unlock(page)
    await signIn(page, 'monitor')
    await write(page, 'Invented: who was it')
    await send(page)
    await page.getByText('Arrived:').waitFor()
    const desk = (await phone({ viewport: { width: 1280, height: 800 } })).page
    await signIn(desk, 'intake')

    await desk.getByRole('link', { name: 'Intake' }).click()
    await desk.locator(`a[href$="/intake/${await idOf('Invented: who was it')}"]`).click()
    await desk.getByText('Invented: who was it').waitFor()
    await desk.getByLabel('What you want to know').fill('Invented: at what hour?')
    await desk.getByRole('button', { name: 'Send back with the question' }).click()
    await desk.getByRole('heading', { name: 'To be decided' }).waitFor()

    await page.reload()
    await signIn(page, 'monitor')
    await unlock(page)
    await page.locator('li', { hasText: 'Sent back with a question' }).getByRole('link').first().click()
    await page.getByText('Invented: at what hour?').waitFor()
    await page.getByLabel('Your answer').fill('Invented: at nine')
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByText('Sent.').waitFor()
  })
})
