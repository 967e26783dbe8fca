import { z } from 'zod'
import { consult } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { certaintyOf } from './certainty.ts'
import { versionPolicy } from './policy.ts'
import { checkVersions, listVersions, revealVersions } from './repo.ts'
import { readFileRows } from './repo-files.ts'
import { type Content, ReferenceFile, type ReferenceRow, type RuleRef } from './schema.ts'
import type { ReferenceView } from './schema-wire.ts'
import { inProject } from '../platform/kernel/project.ts'

// Read once, when the module is loaded: a faulty file stops the start, not a request.
const folder = inProject('schemas/reference/')
const seeds = new Map(ReferenceFile.options.map((file) => [file, readFileRows(folder, file)]))

type Version = Omit<ReferenceRow, 'latest_version' | 'certainty'> & { readonly file: ReferenceFile }

const shipped: readonly Version[] = ReferenceFile.options.flatMap((file) =>
  (seeds.get(file) ?? []).map((seed) => ({
    ...seed,
    file,
    version: 1,
    valid_from: null,
    valid_to: null,
    signature: null,
  })),
)

/** Every version of every row: those of the files and, above them, those that administrators made. */
export async function allVersions(act: Act): Promise<Version[]> {
  const by = { actor: act.actor, action: 'reference.read' } as const
  const rows = versionPolicy.grantEach(by, await listVersions(act))
  const signed = await checkVersions(act, rows)
  const made = (await revealVersions(act, rows)).flatMap(({ id, facts, version, valid_from, valid_to }) => {
    const signature = signed.get(id) ?? 'missing'
    return facts === null ? [] : [consult(facts, (told) => ({ ...told, version, valid_from, valid_to, signature }))]
  })
  return [...shipped, ...made]
}

const holdsOn = (day: string, { valid_from, valid_to }: Version): boolean =>
  (valid_from === null || valid_from <= day) && (valid_to === null || day <= valid_to)

/** The rows of a file as they hold on a day: of each, the latest version that is valid then. */
export async function rowsOn(act: Act, file: ReferenceFile, day: string): Promise<ReferenceRow[]> {
  const versions = (await allVersions(act)).filter((version) => version.file === file)
  const names = [...new Set(versions.map(({ row }) => row))]
  return names.flatMap((name) => {
    const own = versions.filter(({ row }) => row === name)
    const latest = Math.max(...own.map(({ version }) => version))
    const valid = own.filter((version) => holdsOn(day, version)).sort((a, b) => b.version - a.version)[0]
    return valid === undefined ? [] : [shown(valid, latest)]
  })
}

/** What no administrator signed is as sure as hearsay, whatever it says of itself. */
const shown = ({ file: _file, ...version }: Version, latest_version: number): ReferenceRow => ({
  ...version,
  latest_version,
  certainty: version.signature === 'missing' ? 'low' : certaintyOf(version.content['certainty']),
})

/** The rows of a file on a day in their own shape, each with the name under which an answer refers to it. */
export async function rulesOn<S extends z.ZodType>(
  act: Act,
  { file, schema }: { file: ReferenceFile; schema: S },
  day: string,
): Promise<{ rule: z.output<S>; ref: RuleRef }[]> {
  const rows = await rowsOn(act, file, day)
  return rows.map((row) => ({ rule: schema.parse(row.content), ref: refOf(file, row) }))
}

const Sources = z.union([z.object({ sources: z.array(z.string()) }), z.object({ source: z.array(z.string()) })])

const refOf = (file: ReferenceFile, { row, version, certainty, content }: ReferenceRow): RuleRef => ({
  file,
  row,
  version,
  certainty,
  sources: sourcesIn(content),
})

function sourcesIn(content: Content): string[] {
  const told = Sources.safeParse(content).data
  if (told === undefined) return []
  return 'sources' in told ? told.sources : told.source
}

type Reading = Op<
  'reference.read' | 'reference.read_mechanisms' | 'reference.read_acceptance' | 'reference.read_decisions'
>

/** A file on a day; today when none is named. */
export function readReference(op: Reading, file: ReferenceFile, on?: string): Promise<ReferenceView> {
  return op.act(async (act) => {
    const day = on ?? dayOf(act.services.now())
    return { file, on: day, rows: await rowsOn(act, file, day) }
  })
}

/** The committees, and the other ways to an international body. */
export function readMechanisms(op: Op<'reference.read_mechanisms'>, asked?: string) {
  return op.act(async (act) => {
    const on = asked ?? dayOf(act.services.now())
    return { on, committees: await rowsOn(act, 'mechanisms', on), others: await rowsOn(act, 'other_mechanisms', on) }
  })
}
