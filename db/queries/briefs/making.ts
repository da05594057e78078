import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import {
  type BriefSection,
  quotationsOf,
  type SectionKey,
  wordsAt,
} from '../../../server/rules/briefs/brief.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { briefSections, briefs } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'
import { type Brief, findBrief, isOf } from './briefs.ts'
import { quotedComments } from './quotations.ts'

const between = ' '

/** The keys of briefs that are to be made, without those that are marked. */
export async function briefsToMake(db: Database, most: number): Promise<string[]> {
  const { consultationId, day, askedAt } = briefs
  const rows = await db.query
    .select({ consultationId, day })
    .from(briefs)
    .where(
      and(isNotNull(askedAt), unmarked(db.query, 'briefs', sql`${consultationId} || ${between} || ${day}`)),
    )
    .orderBy(asc(askedAt))
    .limit(most)
  return rows.map((row) => `${row.consultationId}${between}${row.day}`)
}

/** One of them, if it is still to be made; null where it is not. */
export async function briefToMake(db: Database, key: string): Promise<Brief | null> {
  const [consultationId = '', day = ''] = key.split(between)
  const brief = await findBrief(db, consultationId, day)
  return brief?.askedAt ? brief : null
}

/** Tells whoever waits how many comments have been read of how many. */
export async function tellBriefProgress(
  db: Database,
  { consultationId, day }: Brief,
  progress: { done: number; total: number },
): Promise<void> {
  await db.atomically((tx) => [tx.update(briefs).set(progress).where(isOf(consultationId, day))])
}

export interface KeptSection extends SectionKey {
  said: BriefSection
}

/** So many rows a statement: each may have some thousands of numbers. */
const rowsAtOnce = 20

/**
 * Keeps a brief instead of the one that was there. What was asked for while it was made is still asked for.
 * @throws Error where a quotation is no place in the words of a comment that the office may read
 */
export async function keepBrief(
  db: Database,
  { consultationId, day, askedAt }: Brief,
  sections: readonly KeptSection[],
  now: Date,
): Promise<void> {
  await checkQuotations(db, consultationId, sections)
  const rows = sections.map((section) => ({ consultationId, day, ...section }))
  const parts = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, i) =>
    rows.slice(i * rowsAtOnce, (i + 1) * rowsAtOnce),
  )
  await db.atomically((tx) => [
    tx
      .delete(briefSections)
      .where(and(eq(briefSections.consultationId, consultationId), eq(briefSections.day, day))),
    ...parts.map((part) => tx.insert(briefSections).values(part)),
    must(
      'gone',
      tx
        .update(briefs)
        .set({
          madeAt: now,
          askedAt: sql`case when ${briefs.askedAt} = ${sql.param(askedAt, briefs.askedAt)} then null else ${briefs.askedAt} end`,
        })
        .where(isOf(consultationId, day))
        .returning({ day: briefs.day }),
    ),
  ])
}

async function checkQuotations(db: Database, consultationId: string, sections: readonly KeptSection[]) {
  for (const { kind, key, said } of sections) {
    const quotations = quotationsOf(said)
    const comments = await quotedComments(db, consultationId, quotations)
    const wrong = quotations.find((quotation) => {
      const comment = comments.get(quotation.comment)
      return !comment || wordsAt(quotation, comment) === null
    })
    if (wrong) throw new Error(`a quotation of ${kind} ${key} is no part of comment ${wrong.comment}`)
  }
}
