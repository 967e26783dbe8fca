import { afterAll } from 'vitest'
import { chromium, type Page } from 'playwright-core'
import { startApp } from '../support/app.ts'
import { totpCode } from '../support/coalition.ts'

const STEP_MS = 30_000
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const codeAt = (seed: string | null, stepsAhead: number): string =>
  seed === null ? '' : totpCode(seed, new Date(Date.now() + stepsAhead * STEP_MS))

/** The service at an address, and a Chromium to open it in. */
export async function startBrowser() {
  const app = await startApp()
  const address = await app.server.listen({ port: 0, host: '127.0.0.1' })
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  afterAll(() => browser.close())

  /** A phone of somebody's own: nothing on it yet. */
  async function phone(options: Parameters<typeof browser.newContext>[0] = {}) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      // A code that was used already is refused on the way in (`signIn`), and the browser says so.
      const isOfSignIn = message.location().url.endsWith('/v1/session') && message.text().includes('401')
      if (message.type() === 'error' && !isOfSignIn) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(address)
    await page.getByRole('heading').first().waitFor()
    return { context, page, complaints }
  }

  async function signIn(page: Page, name: string): Promise<void> {
    const { handle, passphrase, seed } = app.person(name)
    await page.goto(`${address}/#/sign-in`)
    await page.getByLabel('Handle').fill(handle)
    await page.getByLabel('Passphrase').fill(passphrase)
    // A code holds once, and others may have used the ones of this half minute and the next: then the one after is waited for.
    let tried: string | undefined
    for (const stepsAhead of [0, 1, 1, 1]) {
      if (codeAt(seed, stepsAhead) === tried) await new Promise((done) => setTimeout(done, STEP_MS))
      tried = codeAt(seed, stepsAhead)
      await page.getByLabel('Code of the second factor').fill(tried)
      const answer = page.waitForResponse((reply) => reply.url().endsWith('/v1/session'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      if ((await answer).ok()) return page.getByRole('button', { name: 'Sign out' }).waitFor()
    }
    throw new Error(`${name} could not sign in`)
  }

  return { app, address, phone, signIn }
}

const PIN = 'river stone'

/** Chooses the PIN of a new device, or unlocks it. */
export async function unlock(page: Page): Promise<void> {
  await page.getByLabel('PIN or words').fill(PIN)
  await page.getByRole('button', { name: /Choose|Unlock/ }).click()
  await page.getByRole('heading', { name: 'Reports' }).waitFor()
}

/** Runs in the page: all that its origin keeps on the device, bytes as the characters of the same numbers. */
const LOOK = `(async () => {
  const text = (bytes) => Array.from(new Uint8Array(bytes.buffer ?? bytes), (byte) => String.fromCharCode(byte)).join('')
  const told = (key, value) => (value instanceof ArrayBuffer || value instanceof Uint8Array ? text(value) : value)
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    for (const store of db.objectStoreNames)
      found.push(JSON.stringify(await done(db.transaction(store).objectStore(store).getAll()), told))
    db.close()
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      found.push(request.url, await (await caches.match(request)).text())
  return found.join(' ')
})()`

export const everythingOn = (page: Page): Promise<string> => page.evaluate<string>(LOOK)

export type { Page }
