import { eq, inArray } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import {
  findings,
  materials,
  outcomeDrafts,
  outcomeRows,
  outcomes,
  procedureSteps,
} from '../../schema/index.ts'
import type { Source } from './source.ts'

function ownEditions(consultationId: string, query: Pick<Query, 'select'>) {
  return query.select({ id: outcomes.id }).from(outcomes).where(eq(outcomes.consultationId, consultationId))
}

/** Where words stand that are published after closing, or go up with the draft. */
export const outcomeSources: readonly Source[] = [
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
    place: 'procedure',
    table: findings,
    key: [findings.id],
    columns: { finding: findings.finding, handling: findings.handling },
    within: (id) => eq(findings.consultationId, id),
    since: null,
  },
  {
    place: 'procedure',
    table: materials,
    key: [materials.consultationId, materials.material],
    columns: { reason: materials.reason },
    within: (id) => eq(materials.consultationId, id),
    since: null,
  },
  {
    place: 'procedure',
    table: procedureSteps,
    key: [procedureSteps.id],
    columns: { note: procedureSteps.note },
    within: (id) => eq(procedureSteps.consultationId, id),
    since: null,
  },
]
