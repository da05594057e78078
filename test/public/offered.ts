import { eq } from 'drizzle-orm'
import { raiseRevision } from '../../db/queries/consultations/consultations.ts'
import { consultations } from '../../db/schema/index.ts'
import type { Offer } from '../../server/rules/consultations/offers.ts'
import type { TestPortal } from '../build.ts'

/** Lets the seed consultation offer these besides comments, as the office does. */
export async function offered({ db }: TestPortal, ...offers: Offer[]): Promise<void> {
  const [consultation] = await db.query.select().from(consultations)
  if (!consultation) throw new Error('the seed is not loaded')
  await db.atomically((tx) => [
    tx.update(consultations).set({ offers }).where(eq(consultations.id, consultation.id)),
    raiseRevision(tx, consultation.id),
  ])
}
