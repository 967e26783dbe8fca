import { nothing, type Route, route } from '../platform/http/route.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import { readDoubles, tellApart } from './distinctions.ts'
import * as examples from './examples.ts'
import { mergePersons } from './merge.ts'
import { caseFull, changedSince, knownToDiffer, marksFull, otherTeams, personMerged } from './problems.ts'
import { Matches, PersonPath, PersonReceipt } from './schema.ts'
import { Merge, MergePath, Merges, NewDistinction, NewMerge, UndoneMerge } from './schema-merges.ts'
import { readMerges, undoMerge } from './undo-merge.ts'

/** Two records of one person, and two persons of one name. */
export const mergeRoutes: Route[] = [
  route({
    method: 'GET',
    url: '/persons/:id/matches',
    action: 'person.find_doubles',
    summary: 'Who else may be this person, without those who were told apart',
    params: PersonPath,
    status: 200,
    reply: Matches,
    problems: [notFound, personMerged],
    handle: (op, { params }) => readDoubles(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/persons/:id/distinctions',
    action: 'person.tell_apart',
    summary: 'Say for good that two persons are not the same',
    params: PersonPath,
    body: NewDistinction,
    changes: true,
    status: 200,
    reply: PersonReceipt,
    examples: { body: { person_id: examples.link.person_id } },
    problems: [notFound, staleVersion, personMerged, marksFull],
    handle: (op, { params, body, version }) => tellApart(op, { id: params.id, person_id: body.person_id, version }),
  }),
  route({
    method: 'POST',
    url: '/persons/:id/merges',
    action: 'person.merge',
    summary: 'Merge another record of the same person into this one',
    params: PersonPath,
    body: NewMerge,
    creates: true,
    status: 201,
    reply: Merge,
    examples: { body: { merged_id: examples.link.person_id } },
    problems: [notFound, personMerged, otherTeams, knownToDiffer, caseFull],
    handle: (op, { params, body }) => mergePersons(op, { ...body, id: params.id }),
  }),
  route({
    method: 'GET',
    url: '/persons/:id/merges',
    action: 'person.list_merges',
    summary: 'What was merged into a person, and into what a person went',
    params: PersonPath,
    status: 200,
    reply: Merges,
    problems: [notFound],
    handle: (op, { params }) => readMerges(op, params.id),
  }),
  route({
    method: 'POST',
    url: '/persons/:id/merges/:merge_id/undo',
    action: 'person.undo_merge',
    summary: 'Make two records again of what was merged',
    params: MergePath,
    body: UndoneMerge,
    status: 204,
    reply: nothing,
    problems: [notFound, personMerged, otherTeams, changedSince],
    handle: (op, { params, body }) => undoMerge(op, { ...body, ...params }),
  }),
]
