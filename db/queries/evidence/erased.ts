import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { log, retractedTexts } from '../../schema/index.ts'

/** Of which comments and consultations the log says that something was erased. */
export interface ErasedSubjects {
  isWithdrawn(comment: { id: string }): boolean
  isAnonymised(of: { consultationId: string }): boolean
  /** Withdrawn, sealed as unlawful, with a quotation that was retracted, or in a consultation that was anonymised. */
  isErased(comment: { id: string; consultationId: string }): boolean
}

const erasing = ['comment.withdraw', 'comment.seal', 'consultation.anonymise'] as const

/** What of these was erased. */
export async function erasedAmong(
  db: Database,
  sent: readonly { consultationId: string }[],
  said: readonly { id: string }[],
): Promise<ErasedSubjects> {
  const consultations = [...new Set(sent.map(({ consultationId }) => consultationId))]
  const found = await db.query
    .select({ act: log.act, subject: log.subject })
    .from(log)
    .where(
      and(
        inArray(log.subject, [...said.map(({ id }) => id), ...consultations]),
        inArray(log.act, [...erasing]),
      ),
    )
  const acts = new Set(found.map(({ act, subject }) => `${act} ${subject}`))
  const isWithdrawn: ErasedSubjects['isWithdrawn'] = ({ id }) => acts.has(`comment.withdraw ${id}`)
  const isAnonymised: ErasedSubjects['isAnonymised'] = ({ consultationId }) =>
    acts.has(`consultation.anonymise ${consultationId}`)
  const hidden = await db.query
    .select({ id: retractedTexts.row })
    .from(retractedTexts)
    .where(
      and(
        inArray(
          retractedTexts.row,
          said.map(({ id }) => id),
        ),
        eq(retractedTexts.place, 'quote'),
      ),
    )
  const hiddenIn = new Set(hidden.map(({ id }) => id))
  return {
    isWithdrawn,
    isAnonymised,
    isErased: (comment) =>
      hiddenIn.has(comment.id) ||
      isWithdrawn(comment) ||
      acts.has(`comment.seal ${comment.id}`) ||
      isAnonymised(comment),
  }
}
