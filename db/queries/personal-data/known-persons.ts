import { eq, inArray } from 'drizzle-orm'
import type { Known } from '../../../server/rules/personal-data/finding.ts'
import type { Sender } from '../../../server/rules/personal-data/own.ts'
import type { Database } from '../../database.ts'
import { comments, officeHolders, submissions } from '../../schema/index.ts'
import { BrokenSeal, type Seals } from '../../sealing/sealed.ts'

type Sealed = Record<keyof Sender, string | null> & { submissionId: string }

/** What is known of the persons whom each of these comments may name: its sender, and who holds a public office. */
export async function knownPersons(db: Database, seals: Seals, ids: string[]): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map()
  const { id: submissionId, name, contact, organisation } = submissions
  const rows = await db.query
    .select({
      id: comments.id,
      consultationId: comments.consultationId,
      submissionId,
      name,
      contact,
      organisation,
    })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .where(inArray(comments.id, ids))
  const consultations = [...new Set(rows.map(({ consultationId }) => consultationId))]
  const holders = await db.query
    .select({ consultationId: officeHolders.consultationId, name: officeHolders.name })
    .from(officeHolders)
    .where(inArray(officeHolders.consultationId, consultations))
  return new Map(
    rows.map(({ id, consultationId, ...sealed }) => [
      id,
      {
        sender: senderOf(seals, sealed),
        officeHolders: holders.flatMap((one) => (one.consultationId === consultationId ? one.name : [])),
      },
    ]),
  )
}

function senderOf(seals: Seals, { submissionId, ...sealed }: Sealed): Sender {
  return Object.fromEntries(
    Object.entries(sealed).map(([column, said]) => [
      column,
      said && opened(seals, said, column, submissionId),
    ]),
  )
}

/** @returns null where it cannot be opened: the comment is searched all the same */
function opened(seals: Seals, sealed: string, column: string, row: string): string | null {
  try {
    return seals.open(sealed, { table: 'submissions', column, row })
  } catch (error) {
    if (error instanceof BrokenSeal) return null
    throw error
  }
}
