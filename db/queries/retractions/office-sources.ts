import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import {
  answerCorrectionFact,
  answerFact,
  departmentReplyFact,
} from '../../../server/rules/evidence/office-facts.ts'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { PublicPlace } from '../../../server/rules/retractions/public-places.ts'
import type { VersionKind } from '../../../server/rules/versions/version-kinds.ts'
import type { Query } from '../../atomically.ts'
import {
  answerCorrections,
  changeReasons,
  comments,
  concerns,
  consultations,
  corrections,
  cosignatures,
  departmentReplies,
  departmentRequests,
  departments,
  extensions,
  officeVersions,
  outcomeDrafts,
  outcomeRows,
  outcomes,
  responses,
  responseTemplates,
  revisedWordings,
  rounds,
  units,
} from '../../schema/index.ts'

/** Columns of one table in which words can stand that the public reads, or will read. */
export interface Source {
  place: PublicPlace
  table: PgTable
  key: PgColumn[]
  /** By their names in the code. */
  columns: Record<string, PgColumn>
  within(consultationId: string, query: Pick<Query, 'select'>): SQL | undefined
  /** Since when the public reads them; null: since the consultation was published. */
  since: PgColumn | null
  /** What of a whole row is vouched for. */
  facts?(row: Record<string, unknown>): Fact[]
}

const ofConsultation = (id: string) => eq(consultations.id, id)
const { notice, noticeSigner, title, organ, explanation } = consultations
const { shortPeriodReason, suspensionReason, offlineChannels, regions } = consultations
const { before, after, name } = corrections

/** Published rounds alone: a draft of the office is put right where it is written. */
function publishedRounds(consultationId: string, query: Pick<Query, 'select'>) {
  return query
    .select({ id: rounds.id })
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
}

function ownEditions(consultationId: string, query: Pick<Query, 'select'>) {
  return query.select({ id: outcomes.id }).from(outcomes).where(eq(outcomes.consultationId, consultationId))
}

const hiddenKinds: VersionKind[] = ['answer', 'template', 'wording', 'report', 'concern']

function ownDepartments(consultationId: string, query: Pick<Query, 'select'>) {
  return query
    .select({ id: departments.id })
    .from(departments)
    .where(eq(departments.consultationId, consultationId))
}

/** Every place in which the office's words can stand; a clause before what quotes it. */
export const sources: readonly Source[] = [
  {
    place: 'facts',
    table: consultations,
    key: [consultations.id],
    columns: { title, organ },
    within: ofConsultation,
    since: null,
  },
  {
    place: 'notice',
    table: consultations,
    key: [consultations.id],
    columns: { notice, noticeSigner },
    within: ofConsultation,
    since: null,
  },
  {
    place: 'explanation',
    table: consultations,
    key: [consultations.id],
    columns: { explanation },
    within: ofConsultation,
    since: null,
  },
  {
    place: 'announcement',
    table: consultations,
    key: [consultations.id],
    columns: { shortPeriodReason, suspensionReason, offlineChannels, regions },
    within: ofConsultation,
    since: null,
  },
  {
    place: 'extension',
    table: extensions,
    key: [extensions.id],
    columns: { reason: extensions.reason },
    within: (id) => eq(extensions.consultationId, id),
    since: extensions.createdAt,
  },
  {
    place: 'correction',
    table: corrections,
    key: [corrections.id],
    columns: { name, before, after, reason: corrections.reason },
    within: (id, query) => inArray(corrections.roundId, publishedRounds(id, query)),
    since: corrections.createdAt,
  },
  {
    place: 'change_reason',
    table: changeReasons,
    key: [changeReasons.roundId, changeReasons.clause],
    columns: { reason: changeReasons.reason },
    within: (id, query) => inArray(changeReasons.roundId, publishedRounds(id, query)),
    since: null,
  },
  {
    place: 'round',
    table: rounds,
    key: [rounds.id],
    columns: { title: rounds.title, source: rounds.source, artefacts: rounds.artefacts },
    within: (id) => and(eq(rounds.consultationId, id), isNotNull(rounds.publishedAt)),
    since: rounds.publishedAt,
  },
  {
    place: 'unit',
    table: units,
    key: [units.id],
    columns: { heading: units.heading, text: units.text, cells: units.cells },
    within: (id, query) => inArray(units.roundId, publishedRounds(id, query)),
    since: null,
  },
  {
    place: 'quote',
    table: comments,
    key: [comments.id],
    columns: { quote: comments.quote },
    within: (id) => eq(comments.consultationId, id),
    since: comments.publishedAt,
    facts: (row) => [wordsFact(row as typeof comments.$inferSelect, row as typeof comments.$inferSelect)],
  },
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
    place: 'row',
    table: outcomeRows,
    key: [outcomeRows.outcomeId, outcomeRows.position],
    columns: {
      author: outcomeRows.author,
      body: outcomeRows.body,
      reason: outcomeRows.reason,
      correctionCause: outcomeRows.correctionCause,
    },
    within: (id, query) => inArray(outcomeRows.outcomeId, ownEditions(id, query)),
    since: null,
  },
  {
    place: 'edition',
    table: outcomes,
    key: [outcomes.id],
    columns: { report: outcomes.report, note: outcomes.note },
    within: (id) => eq(outcomes.consultationId, id),
    since: outcomes.publishedAt,
  },
  {
    place: 'draft_report',
    table: outcomeDrafts,
    key: [outcomeDrafts.consultationId],
    columns: { report: outcomeDrafts.report },
    within: (id) => eq(outcomeDrafts.consultationId, id),
    since: null,
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
