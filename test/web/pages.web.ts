import { expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { violationsOn } from './axe.ts'
import { startBrowser, unlock } from './browser.ts'

const { app, address, phone, signIn } = await startBrowser()

test.each([
  ['light', 360],
  ['light', 1280],
  ['dark', 360],
  ['dark', 1280],
] as const)('every page passes axe in %s at %i pixels', async (colorScheme, width) => {
  const { page } = await phone({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
  const found: Record<string, string[]> = { unlock: await violationsOn(page) }
  await page.goto(`${address}/#/sign-in`)
  found['sign-in'] = await violationsOn(page)
  await page.goto(`${address}/#/`)
  await unlock(page)
  await page.getByText('New report').click()
  found['home'] = await violationsOn(page)
  await page.getByRole('button', { name: 'Torture or ill-treatment' }).click()
  await page.getByRole('button', { name: 'All questions at once' }).click()
  await page.getByLabel('Country').locator('option[value="KG"]').waitFor({ state: 'attached' })
  found['draft'] = await violationsOn(page)

  expect(found).toEqual({ unlock: [], 'sign-in': [], home: [], draft: [] })
})

test('nothing is fetched from elsewhere, the policy holds, and no token is in an address or kept', async () => {
  const asked: string[] = []
  const { page, complaints } = await phone()
  page.on('request', (request) => asked.push(request.url()))
  await unlock(page)
  await signIn(page, 'monitor')

  const reply = await page.request.get(address)
  const policy = reply.headers()['content-security-policy'] ?? ''
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(asked.filter((url) => !url.startsWith(address))).toEqual([])
  expect(asked.filter((url) => /token|eyJ/.test(url))).toEqual([])
  expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).toBe('[{},{},""]')
  expect(complaints).toEqual([])
})

test('a lawyer sees the cases, and what the next stage of one still lacks', async () => {
  const lawyer = app.as('lawyer')
  const { reference } = (await lawyer.get(`/v1/cases/${await openCase(lawyer)}`)).body
  const { page } = await phone({ viewport: { width: 1280, height: 800 } })
  await signIn(page, 'lawyer')

  await page.getByRole('link', { name: 'Cases' }).click()
  await page.getByRole('link', { name: reference }).click()

  await page.getByRole('heading', { name: 'What may come next' }).waitFor()
  expect(await page.getByText('missing:').count()).toBeGreaterThan(0)
})

test('all of it is in Russian too', async () => {
  const { page } = await phone({ locale: 'ru-RU' })

  await page.getByRole('heading', { name: 'Придумайте ПИН-код для этого устройства' }).waitFor()
  expect(await page.title()).toBe('Заметки')
  expect(await page.locator('html').getAttribute('lang')).toBe('ru')
})
