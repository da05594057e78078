import { and, eq, isNull } from 'drizzle-orm'
import type { Facts } from '../../../server/rules/consultations/facts-form.ts'
import type { Participation } from '../../../server/rules/consultations/participation-form.ts'
import { explanationFact } from '../../../server/rules/evidence/office-facts.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import type { Letters } from '../../../server/rules/points/letters.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { consultations, type ExplanationFile } from '../../schema/index.ts'
import { type Consultation, raiseRevision } from './consultations.ts'

/**
 * Saves what is put out and for how long.
 * @param explanationFile lies on the disk already; undefined leaves the one that is there
 * @throws Refused where it has been published, or somebody has saved it since it was read
 */
export async function saveFacts(
  db: Database,
  consultation: Consultation,
  facts: Facts,
  explanationFile: ExplanationFile | null | undefined,
  act: Act,
): Promise<void> {
  const values = explanationFile === undefined ? facts : { ...facts, explanationFile }
  await saveUnpublished(db, consultation, values, 'consultation.facts', act)
}

interface Notice {
  /** null: made from the facts. */
  notice: string | null
  noticeSigner: string | null
  noticeDay: string | null
}

/**
 * Saves the wording of the 征求意见公告.
 * @throws Refused where it has been published, or somebody has saved it since it was read
 */
export async function saveNotice(
  db: Database,
  consultation: Consultation,
  notice: Notice,
  act: Act,
): Promise<void> {
  await saveUnpublished(db, consultation, notice, 'consultation.notice', act)
}

async function saveUnpublished(
  db: Database,
  { id, revision }: Consultation,
  values: Partial<typeof consultations.$inferInsert>,
  act: ActName,
  { staffId, now }: Act,
): Promise<void> {
  await db.atomically((tx) => [
    attests(
      must(
        'stale',
        tx
          .update(consultations)
          .set({ ...values, revision: revision + 1 })
          .where(
            and(
              eq(consultations.id, id),
              eq(consultations.revision, revision),
              isNull(consultations.publishedAt),
            ),
          )
          .returning({ id: consultations.id }),
      ),
      now,
      ...(values.explanationFile === undefined ? [] : [explanationFact(id, values.explanationFile)]),
    ),
    logAct(tx, { staffId, now }, act, id, { fields: Object.keys(values) }),
  ])
}

/** Saves which comments have to be parted into points; it holds for what is judged from now on. */
export async function saveLetters(
  db: Database,
  { id }: Consultation,
  letters: Letters,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.update(consultations).set({ letters }).where(eq(consultations.id, id)),
    raiseRevision(tx, id),
    logAct(tx, act, 'consultation.letters', id, { ...letters }),
  ])
}

/** Saves how people take part, published or not. */
export async function saveParticipation(
  db: Database,
  { id }: Consultation,
  participation: Participation,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.update(consultations).set(participation).where(eq(consultations.id, id)),
    raiseRevision(tx, id),
    logAct(tx, act, 'consultation.participation', id, {
      outcomePromisedOn: participation.outcomePromisedOn,
      headTimes: participation.headTimes,
    }),
  ])
}
