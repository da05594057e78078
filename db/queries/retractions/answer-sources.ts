import { and, eq, inArray } from 'drizzle-orm'
import {
  answerCorrectionFact,
  answerFact,
  departmentReplyFact,
} from '../../../server/rules/evidence/office-facts.ts'
import type { VersionKind } from '../../../server/rules/versions/version-kinds.ts'
import type { Query } from '../../atomically.ts'
import {
  answerCorrections,
  concerns,
  cosignatures,
  departmentReplies,
  departmentRequests,
  departments,
  officeVersions,
  responses,
  responseTemplates,
  revisedWordings,
} from '../../schema/index.ts'
import type { Source } from './source.ts'

const hiddenKinds: VersionKind[] = [
  ...(['answer', 'template', 'wording', 'report', 'concern'] as const),
  ...(['leader_page', 'finding', 'material'] as const),
]

function ownDepartments(consultationId: string, query: Pick<Query, 'select'>) {
  return query
    .select({ id: departments.id })
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
}

/** Where words stand with which the office and the departments answer. */
export const answerSources: readonly Source[] = [
  {
    place: 'answer',
    table: responses,
    key: [responses.id],
    columns: {
      reason: responses.reason,
      summary: responses.summary,
      correctionCause: responses.correctionCause,
    },
    within: (id) => eq(responses.consultationId, id),
    since: responses.approvedAt,
    facts: (row) => [answerFact(row as typeof responses.$inferSelect)],
  },
  {
    place: 'concern',
    table: concerns,
    key: [concerns.id],
    columns: { sentence: concerns.sentence },
    within: (id) => eq(concerns.consultationId, id),
    since: null,
  },
  {
    place: 'answer_correction',
    table: answerCorrections,
    key: [answerCorrections.id],
    columns: {
      reason: answerCorrections.reason,
      summary: answerCorrections.summary,
      cause: answerCorrections.cause,
      returnNote: answerCorrections.returnNote,
    },
    within: (id) => eq(answerCorrections.consultationId, id),
    since: answerCorrections.decidedAt,
    facts: (row) => [answerCorrectionFact(row as typeof answerCorrections.$inferSelect)],
  },
  {
    place: 'department_reply',
    table: departmentReplies,
    key: [departmentReplies.id],
    columns: { reason: departmentReplies.reason, returnNote: departmentReplies.returnNote },
    within: (id) => eq(departmentReplies.consultationId, id),
    since: null,
    facts: (row) =>
      row.state === 'confirmed' ? [departmentReplyFact(row as typeof departmentReplies.$inferSelect)] : [],
  },
  {
    place: 'department_reply',
    table: departmentRequests,
    key: [departmentRequests.id],
    columns: { unit: departmentRequests.unit, reason: departmentRequests.reason },
    within: (id) => eq(departmentRequests.consultationId, id),
    since: null,
  },
  {
    place: 'cosignature',
    table: cosignatures,
    key: [cosignatures.concernId, cosignatures.departmentId],
    columns: { note: cosignatures.note, officePosition: cosignatures.officePosition },
    within: (id, query) => inArray(cosignatures.departmentId, ownDepartments(id, query)),
    since: null,
  },
  {
    place: 'template',
    table: responseTemplates,
    key: [responseTemplates.id],
    columns: { reason: responseTemplates.reason },
    within: (id) => eq(responseTemplates.consultationId, id),
    since: null,
  },
  {
    place: 'wording',
    table: revisedWordings,
    key: [revisedWordings.id],
    columns: {
      text: revisedWordings.text,
      reason: revisedWordings.reason,
      returnNote: revisedWordings.returnNote,
    },
    within: (id) => eq(revisedWordings.consultationId, id),
    since: null,
  },
  {
    place: 'version',
    table: officeVersions,
    key: [officeVersions.consultationId, officeVersions.kind, officeVersions.row, officeVersions.revision],
    columns: { said: officeVersions.said },
    // Of those whose own texts are hidden too.
    within: (id) => and(eq(officeVersions.consultationId, id), inArray(officeVersions.kind, hiddenKinds)),
    since: null,
  },
]
