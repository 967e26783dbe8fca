import { z } from 'zod'
import { route } from '../platform/http/route.ts'
import { notFound } from '../platform/kernel/problem.ts'
import { VocabularyList, VocabularyReply } from './schema.ts'
import { listVocabularies, readVocabulary } from './service.ts'

const head = { name: 'sex', version: 1, definition: 'Sex as recorded or stated.' }
const female = {
  code: 'female',
  definition: 'The person is recorded as, or says that she is, female.',
  international: { scheme: 'ISO 5218', code: '2' },
  labels: { en: 'Female', ru: 'Женский', kk: 'Әйел' },
  reviewed: ['en'],
  label: 'Әйел',
  label_language: 'kk',
  label_reviewed: false,
}

export const vocabularyRoutes = [
  route({
    method: 'GET',
    url: '/vocabularies',
    action: 'vocabulary.list',
    summary: 'List the coded vocabularies and their versions',
    status: 200,
    reply: VocabularyList,
    examples: { reply: { vocabularies: [{ ...head, terms: 1 }] } },
    handle: () => listVocabularies(),
  }),
  route({
    method: 'GET',
    url: '/vocabularies/:name',
    action: 'vocabulary.read',
    summary: 'Read a vocabulary; Accept-Language picks the label of each term',
    params: z.strictObject({ name: z.string().max(60) }),
    status: 200,
    reply: VocabularyReply,
    examples: { reply: { ...head, terms: [female] } },
    problems: [notFound],
    handle: (_op, { params, language }) => readVocabulary(params.name, language),
  }),
]
