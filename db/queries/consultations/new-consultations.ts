import { v7 as uuid } from 'uuid'
import type { Region } from '../../../server/rules/consultations/regions.ts'
import { roleFact } from '../../../server/rules/evidence/office-facts.ts'
import type { Draft } from '../../../server/text/outlining/outline.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { attests } from '../../evidence/attested.ts'
import { consultations, staffRoles } from '../../schema/index.ts'
import { insertRound, type ReadDocument } from '../drafts/round-drafts.ts'

export interface NewConsultation {
  slug: string
  title: string
  organ: string
  documentType: string
  publicationPolicy: string
  explanation: string
  regions: Region[]
  opensAt: Date
  closesAt: Date
}

/**
 * Stores the consultation that a portal starts with and its first round: nobody's act, so the log has no entry of it.
 * @param source the text from which `draft` was read, kept for the completeness proof
 * @param publishedAt null leaves both as drafts that only the office sees
 * @returns the consultation's id
 * @throws Refused where the slug is taken
 */
export async function seedConsultation(
  db: Database,
  facts: NewConsultation,
  draft: Draft,
  source: string,
  now: Date,
  publishedAt: Date | null,
): Promise<string> {
  const id = uuid()
  const document = { draft, source, fileName: null, notes: [], repairs: [] }
  await db.atomically((tx) => founding(tx, id, facts, document, { now, publishedAt, staffId: null }))
  return id
}

/**
 * Stores what somebody puts up; a drafter is given the right to work on it.
 * @param staffId null for the operator at the command line
 * @param publishedAt null leaves it as a draft that only the office sees
 * @returns the consultation's id
 * @throws Refused where the slug is taken
 */
export async function putUpConsultation(
  db: Database,
  facts: NewConsultation,
  document: ReadDocument,
  act: Act<string | null>,
  publishedAt: Date | null = null,
): Promise<string> {
  const id = uuid()
  await db.atomically((tx) => [
    ...founding(tx, id, facts, document, { now: act.now, publishedAt, staffId: act.staffId }),
    ...(act.staffId
      ? [drafting(tx, { staffId: act.staffId, role: 'drafter', consultationId: id }, act.now)]
      : []),
    logAct(tx, act, publishedAt ? 'consultation.publish' : 'consultation.create', id, {
      slug: facts.slug,
      units: document.draft.units.length,
    }),
  ])
  return id
}

function drafting(tx: Pick<Query, 'insert'>, grant: typeof staffRoles.$inferInsert, now: Date) {
  return attests(tx.insert(staffRoles).values(grant), now, roleFact(grant))
}

function founding(
  tx: Query,
  id: string,
  facts: NewConsultation,
  document: ReadDocument,
  { now, publishedAt, staffId }: { now: Date; publishedAt: Date | null; staffId: string | null },
) {
  const period = publishedAt ? { opensAt: facts.opensAt, closesAt: facts.closesAt } : {}
  return [
    must(
      'taken',
      tx
        .insert(consultations)
        .values({
          id,
          ...facts,
          headTimes: 'closing',
          publishedAt,
          createdBy: staffId,
          revision: 1,
          createdAt: now,
        })
        .onConflictDoNothing()
        .returning({ id: consultations.id }),
    ),
    ...insertRound(
      tx,
      {
        id: uuid(),
        consultationId: id,
        number: 1,
        ...period,
        publishedAt,
        createdBy: staffId,
        createdAt: now,
      },
      document,
    ),
  ]
}
