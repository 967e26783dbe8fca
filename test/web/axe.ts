import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; nodes: { target: string[] }[] }
declare const axe: { run(): Promise<{ violations: Violation[] }> }

/** What axe finds against WCAG on the page as it stands. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => axe.run())
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
}
