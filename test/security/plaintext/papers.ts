import { day, id, type PlainColumns, sealVersion, state, version } from './reasons.ts'

export const papersColumns: PlainColumns = {
  'papers.assignee_id': 'whose task it is, as an opaque id, on a case whose team is known by ids',
  'papers.case_id': id,
  'papers.due_on': day,
  'papers.id': id,
  'papers.is_done': state,
  'papers.kind': 'one of six kinds, to find tasks and what a stage requires',
  'papers.organisation_id': id,
  'papers.seal_version': sealVersion,
  'papers.version': version,
  'papers.written_by': id,
  'papers.written_on': day,
}
