import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { keyPlace } from '../../evidence/digest.ts'
import {
  attachments,
  digestSeals,
  digests,
  dueDecisions,
  intakeListEntries,
  logSeals,
  originals,
  retractedTexts,
  retractions,
  signingKeys,
  staff,
  submissions,
} from '../../schema/index.ts'
import type { SealedPlace } from '../../sealing/sealed.ts'
import { sealedPlace } from '../intakes/intake-letters.ts'
import { textPlace } from '../retractions/retraction-records.ts'

/** A column whose values are sealed, wherever they are not null. */
export interface SealedColumn {
  table: PgTable
  column: PgColumn
  /** What the code calls it. */
  property: string
  /** What tells a row from every other; the second is the first again where that is enough. */
  keys: readonly [PgColumn, PgColumn]
  placeOf(keys: readonly [string, string]): SealedPlace
}

/** All that is sealed in the database, but for its keys themselves. */
export const sealedColumns: readonly SealedColumn[] = [
  byId(staff, staff.id, staff.totpSecret),
  byId(submissions, submissions.id, submissions.name),
  byId(submissions, submissions.id, submissions.organisation),
  byId(submissions, submissions.id, submissions.contact),
  byId(attachments, attachments.id, attachments.name),
  {
    ...byId(originals, originals.commentId, originals.sealed),
    keys: [originals.commentId, originals.version],
  },
  {
    ...byId(intakeListEntries, intakeListEntries.listId, intakeListEntries.sealed),
    keys: [intakeListEntries.listId, intakeListEntries.position],
    placeOf: ([listId, position]) => sealedPlace(listId, Number(position)),
  },
  byId(dueDecisions, dueDecisions.commentId, dueDecisions.ruling),
  byId(signingKeys, signingKeys.publicKey, signingKeys.secret),
  byId(retractions, retractions.id, retractions.words),
  {
    ...byId(digests, digests.number, digests.key),
    keys: [digests.number, digests.digest],
    placeOf: ([, digest]) => keyPlace(digest),
  },
  ...([logSeals, digestSeals] as const).map(
    (seals): SealedColumn => ({
      ...byId(seals, seals.number, seals.mark),
      keys: [seals.number, seals.count],
      placeOf: ([, count]) => ({ table: getTableName(seals), column: 'mark', row: count }),
    }),
  ),
  {
    ...byId(retractedTexts, retractedTexts.retractionId, retractedTexts.sealed),
    keys: [retractedTexts.retractionId, retractedTexts.position],
    placeOf: ([retractionId, position]) => textPlace(retractionId, Number(position)),
  },
]

function byId(table: PgTable, id: PgColumn, column: PgColumn): SealedColumn {
  const named = Object.entries(getTableColumns(table)).find(([, one]) => one === column)
  return {
    table,
    column,
    property: named?.[0] ?? column.name,
    keys: [id, id],
    placeOf: ([row]) => ({ table: getTableName(table), column: column.name, row }),
  }
}
