import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import type { ReadChapter } from './schema.ts'

const style = `body{font:16px/1.5 Georgia,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}
h1,h2{font-family:sans-serif;line-height:1.2}h2{margin-top:3rem;border-bottom:2px solid #444}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;margin:.25rem 0;border-top:1px solid #ddd}
dt{font:600 .85rem sans-serif;color:#555;padding:.3rem 0}dd{margin:0;padding:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
li{margin:.5rem 0}nav a{margin-right:1rem}.none{color:#888}@media print{h2{break-before:page}nav{display:none}}`

/** The chapters as one page that any browser shows, without script and without asking the network for anything. */
export function pageOf(chapters: readonly ReadChapter[]): Secret {
  const bodies = chapters.map(({ name, title, content }) =>
    revealTo(content, (value) => `<h2 id="${name}">${escaped(title)}</h2>\n${shown(value)}`),
  )
  const links = chapters.map(({ name }) => `<a href="#${name}">${escaped(worded(name))}</a>`).join('\n')
  const page = bodies.reduce(
    (all, body) => revealTo(body, (next) => consult(all, (before) => `${before}\n${next}`)),
    new Secret(`<h1>Case file</h1>\n<nav>${links}</nav>`),
  )
  return revealTo(
    page,
    (inner) =>
      `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Case file</title><style>${style}</style></head><body>\n${inner}\n</body></html>\n`,
  )
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return list(value)
  if (typeof value !== 'object' || value === null) return `<span>${escaped(textOf(value))}</span>`
  const rows = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)
  return `<dl>${rows.map(([name, inner]) => `<dt>${escaped(worded(name))}</dt><dd>${shown(inner)}</dd>`).join('\n')}</dl>`
}

const list = (values: readonly unknown[]): string =>
  values.length === 0
    ? '<span class="none">none</span>'
    : values.every((value) => typeof value === 'string')
      ? escaped(values.join(', '))
      : `<ol>${values.map((value) => `<li>${shown(value)}</li>`).join('\n')}</ol>`

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** `came_by` as a reader likes it. */
export const worded = (name: string): string => name.replaceAll(/[_-]/g, ' ')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (plain: string): string => plain.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '')
