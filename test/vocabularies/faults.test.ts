import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readVocabularies } from '../../src/vocabularies/repo.ts'

const Loose = z.looseObject({ terms: z.array(z.looseObject({ labels: z.record(z.string(), z.string()) })) })
type Loose = z.output<typeof Loose>

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vocabularies-'))
  cpSync(new URL('../../schemas/vocabularies/', import.meta.url), folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

function load() {
  return readVocabularies(pathToFileURL(`${folder}/`))
}

function edit(name: string, change: (vocabulary: Loose) => void): void {
  const file = join(folder, `${name}.json`)
  const vocabulary = Loose.parse(JSON.parse(readFileSync(file, 'utf8')))
  change(vocabulary)
  writeFileSync(file, JSON.stringify(vocabulary))
}

test('the lists as they are load', () => {
  expect(load().size).toBeGreaterThan(30)
})

test('a missing Russian label stops the start with file, row and place', () => {
  edit('sex', ({ terms }) => delete terms[1]?.labels['ru'])

  expect(load).toThrow(/^schemas\/vocabularies\/sex\.json, row 2, labels, ru: /)
})

test('an empty label, a misspelt field and an unknown language stop the start', () => {
  edit('sex', ({ terms }) => Object.assign(terms[0]?.labels ?? {}, { kk: '' }))
  expect(load).toThrow(/sex\.json, row 1, labels, kk: /)

  edit('sex', ({ terms }) => Object.assign(terms[0]?.labels ?? {}, { kk: 'Әйел', de: 'weiblich' }))
  expect(load).toThrow(/sex\.json, row 1, labels: .*de/)

  edit('sex', ({ terms }) => terms.splice(0, 1, { ...terms[1], labels: terms[1]?.labels ?? {}, lables: {} }))
  expect(load).toThrow(/sex\.json, row 1: .*lables/)
})

test('a code that stands twice stops the start', () => {
  edit('party_roles', ({ terms }) => Object.assign(terms[3] ?? {}, { code: 'victim' }))

  expect(load).toThrow('schemas/vocabularies/party_roles.json, row 4: the code victim stands twice')
})

test('a parent that does not exist stops the start, in the same list and in another', () => {
  edit('remedies', ({ terms }) => Object.assign(terms[1] ?? {}, { parent: 'restitutio' }))
  expect(load).toThrow('schemas/vocabularies/remedies.json, row 2: the parent restitutio does not exist')

  edit('remedies', ({ terms }) => Object.assign(terms[1] ?? {}, { parent: 'restitution' }))
  edit('regions', ({ terms }) => Object.assign(terms[2] ?? {}, { parent: 'KK' }))
  expect(load).toThrow('schemas/vocabularies/regions.json, row 3, parent: there is no such code in countries')
})

test('a language marked as reviewed without a label stops the start', () => {
  edit('evidence_kinds', ({ terms }) => Object.assign(terms[0] ?? {}, { reviewed: ['en', 'tk'] }))

  expect(load).toThrow('evidence_kinds.json, row 1: tk is marked as reviewed and has no label')
})

test('a file that is not JSON, or holds another list, stops the start', () => {
  writeFileSync(join(folder, 'sex.json'), '{ "name": "sex"')
  expect(load).toThrow('schemas/vocabularies/sex.json: not JSON')

  cpSync(join(folder, 'countries.json'), join(folder, 'sex.json'))
  expect(load).toThrow('schemas/vocabularies/sex.json, name: the file is named otherwise than countries')
})

test('a file that is missing stops the start and is named', () => {
  rmSync(join(folder, 'remedies.json'))

  expect(load).toThrow(/remedies\.json/)
})
