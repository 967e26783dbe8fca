import { caseAtRest } from '../cases/service.ts'
import { download } from '../platform/http/download.ts'
import { type Route, route } from '../platform/http/route.ts'
import * as examples from './examples.ts'
import type { EvidenceParts } from './parts.ts'
import { filesFull, rangeOutside, somethingFound, storeAway, uploadUnfinished } from './problems.ts'
import { receiveReportFile } from './receive-evidence.ts'
import { attachFile, downloadReportFile, readReportFiles } from './report-files.ts'
import {
  EvidenceReceipt,
  IncidentFileList,
  IncidentFilePath,
  IncidentFileReceipt,
  NewEvidenceOfReport,
  NewIncidentFile,
  ReportPath,
} from './schema.ts'

/** Files that the authors of reports add to them. */
export const reportFileRoutes = (parts: EvidenceParts): Route[] => [
  route({
    method: 'POST',
    url: '/incidents/:id/files',
    action: 'incident.attach',
    summary: 'Add a finished upload to a report of your own; its readers can open it, you no longer',
    params: ReportPath,
    body: NewIncidentFile,
    creates: true,
    status: 201,
    reply: IncidentFileReceipt,
    examples: { body: examples.newReportFile, reply: examples.reportFileReceipt },
    problems: [uploadUnfinished, filesFull],
    handle: (op, { params, body }) => attachFile(op, params.id, body),
  }),
  route({
    method: 'GET',
    url: '/incidents/:id/files',
    action: 'incident.list_files',
    summary: 'List the files of a report that you handle',
    params: ReportPath,
    status: 200,
    reply: IncidentFileList,
    examples: { reply: { items: [examples.reportFile] } },
    handle: (op, { params }) => readReportFiles(op, params.id),
  }),
  route({
    method: 'GET',
    url: '/incident-files/:id/content',
    action: 'incident.download_file',
    summary: 'Download a file of a report, or the part of it that Range names',
    params: IncidentFilePath,
    status: 200,
    reply: download,
    downloads: ['application/octet-stream'],
    problems: [rangeOutside, somethingFound, storeAway],
    handle: (op, { params, range }) => downloadReportFile(op, parts, { ...params, range }),
  }),
  route({
    method: 'POST',
    url: '/incident-files/:id/evidence',
    action: 'evidence.receive',
    summary: 'Make a file of a linked report an item of evidence of its case',
    params: IncidentFilePath,
    body: NewEvidenceOfReport,
    creates: true,
    status: 201,
    reply: EvidenceReceipt,
    examples: { body: examples.evidenceOfReport, reply: examples.receipt },
    problems: [caseAtRest],
    handle: (op, { params, body }) => receiveReportFile(op, params.id, body),
  }),
]
