import { and, asc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { findings } from '../../schema/index.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

export type Finding = typeof findings.$inferSelect
type Said = Pick<Finding, 'review' | 'finding' | 'handling'>

/** What reviews found, in the order in which it was entered. */
export function findingsOf(db: Database, consultationId: string): Promise<Finding[]> {
  return db.query
    .select()
    .from(findings)
    .where(eq(findings.consultationId, consultationId))
    .orderBy(asc(findings.id))
}

export async function addFinding(
  db: Database,
  consultationId: string,
  { review, finding, handling }: Said,
  act: Act,
): Promise<void> {
  const id = uuid()
  const said = { review, finding, handling }
  await db.atomically((tx) => [
    tx.insert(findings).values({ id, consultationId, ...said, createdAt: act.now }),
    ...keepVersion(tx, versionedFinding(consultationId, id), { opened: 0, said }, act),
    logAct(tx, act, 'finding.add', id, { review }),
  ])
}

/**
 * @param change with the revision that is changed
 * @throws Refused where it is gone, or somebody has changed it since
 */
export async function changeFinding(
  db: Database,
  {
    id,
    consultationId,
    revision,
    review,
    finding,
    handling,
  }: Said & Pick<Finding, 'id' | 'consultationId'> & { revision: number },
  act: Act,
): Promise<void> {
  const said = { review, finding, handling }
  await db.atomically((tx) => [
    must(
      'gone',
      tx.update(findings).set(said).where(isOne(consultationId, id)).returning({ id: findings.id }),
    ),
    ...keepVersion(tx, versionedFinding(consultationId, id), { opened: revision, said }, act),
    logAct(tx, act, 'finding.change', id, { review, revision: revision + 1 }),
  ])
}

/** @throws Refused where it is gone */
export async function removeFinding(
  db: Database,
  { id, consultationId, review }: Pick<Finding, 'id' | 'consultationId' | 'review'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must('gone', tx.delete(findings).where(isOne(consultationId, id)).returning({ id: findings.id })),
    keepRemoval(tx, versionedFinding(consultationId, id), act),
    logAct(tx, act, 'finding.remove', id, { review }),
  ])
}

function isOne(consultationId: string, id: string) {
  return and(eq(findings.id, id), eq(findings.consultationId, consultationId))
}

export function versionedFinding(consultationId: string, row: string): Versioned {
  return { consultationId, kind: 'finding', row }
}
