import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { wordsFact } from '../../../server/rules/evidence/submission-facts.ts'
import type { Query } from '../../atomically.ts'
import {
  changeReasons,
  comments,
  consultations,
  corrections,
  extensions,
  rounds,
  units,
} from '../../schema/index.ts'
import type { Source } from './source.ts'

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

/** Where words stand that were put out with the draft; a clause before what quotes it. */
export const publishedSources: readonly Source[] = [
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
]
