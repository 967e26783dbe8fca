import type { Dimension, ReleasedCell } from '../../src/statistics/protection/types.ts'

const FIGURES = ['value', 'value_low', 'value_high', 'status'] as const

/** One line a cell in the order of the cube: the total is an empty code, and all that is hidden has one mark. */
export function asTidyCsv(dims: readonly Dimension[], cells: readonly ReleasedCell[]): string {
  const shown = dims.filter((dim) => dim.only_earlier !== true)
  const lines = cells.map((cell) => [...shown.map(({ name }) => cell.at[name] ?? ''), ...figuresOf(cell)])
  return [[...shown.map(({ name }) => name), ...FIGURES], ...lines]
    .map((line) => `${line.map(quoted).join(',')}\n`)
    .join('')
}

function figuresOf(cell: ReleasedCell): string[] {
  if ('hidden' in cell) return ['', '', '', 'hidden']
  if ('structural_zero' in cell) return ['', '', '', 'impossible']
  return [String(cell.value), String(cell.lo), String(cell.hi), 'shown']
}

/** A leading sign would be a formula to a spreadsheet. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function asDataPackage(dims: readonly Dimension[], population: string): string {
  const shown = dims.filter((dim) => dim.only_earlier !== true)
  const codes = shown.map(({ name, leaves, groups = [] }) => {
    const all = [...leaves, ...groups.map((group) => group.name)]
    return { name, type: 'string', description: 'Empty: the total.', constraints: { enum: ['', ...all] } }
  })
  const whole = (name: string) => ({ name, type: 'integer' })
  const status = { name: 'status', type: 'string', constraints: { enum: ['shown', 'hidden', 'impossible'] } }
  const fields = [...codes, whole('value'), whole('value_low'), whole('value_high'), status]
  const resource = {
    name: 'release',
    path: 'release.csv',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: { fields },
  }
  return JSON.stringify(
    {
      profile: 'tabular-data-package',
      name: 'release',
      title: population,
      description: PROMISE,
      resources: [resource],
    },
    null,
    2,
  )
}

const PROMISE =
  'With these figures, all earlier figures from this system and the program itself, nobody can prove that a group of ' +
  'fewer people than the threshold in these tables is not empty, or that it has fewer members. One or two member ' +
  "organisations cannot prove it of the others' cases, for fewer than 3. These are cases that were reported to us, not " +
  'all that happened.'
