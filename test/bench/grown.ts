import { randomUUID } from 'node:crypto'
import { eq, gt } from 'drizzle-orm'
import type { Query } from '../../db/atomically.ts'
import type { Database } from '../../db/database.ts'
import { idAt } from '../../db/id-at.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { comments, departments, staff, submissions, themes } from '../../db/schema/index.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { seedSlug } from '../../server/seed.ts'
import { recountAll } from './counted-anew.ts'
import { type Around, type Grown, isLetter } from './grown-comment.ts'
import { growWhatFollows } from './grown-work.ts'
import { rowsInto } from './rows.ts'

const into = {
  submissions: rowsInto(submissions),
  comments: rowsInto(comments),
}

const together = 1000
const clauses = 23
/** One in twenty of each, in this mixture. */
const states = [
  ...Array(12).fill('published'),
  ...Array(2).fill('withheld'),
  ...Array(2).fill('refused'),
  ...Array(3).fill('pending'),
  'withdrawn',
]

/**
 * Adds this many comments to a database that has the demonstration in it, with all that follows comments when the office
 * works: decisions, campaigns, endorsements, answers, letters, late ones too. Written past the paths of the portal, which
 * would take hours; the kept counters are counted anew at the end.
 */
export async function grow(db: Database, count: number, now: Date): Promise<void> {
  await growRows(db, count, now)
  await countGrown(db, now)
}

/** The rows alone; {@link countGrown} has to follow. */
export async function growRows(db: Database, count: number, now: Date): Promise<void> {
  const around = await findAround(db, now)
  const { consultation } = around
  const from = consultation.opensAt.getTime()
  // The next lot is made up while the one before is stored.
  let storing: Promise<unknown> = Promise.resolve()
  for (let done = 0; done < count; done += together) {
    const some = Array.from({ length: Math.min(together, count - done) }, (_, i): Grown => {
      const createdAt = new Date(from + Math.floor(((now.getTime() - from) * (done + i)) / count))
      const state = states[(done + i) % states.length] ?? 'published'
      return { place: done + i, id: idAt(createdAt), state, createdAt }
    })
    const next = db.atomically((tx) => [
      ...cameIn(tx, consultation.id, some),
      ...growWhatFollows(tx, around, some),
    ])
    await storing
    storing = next
  }
  await storing
}

/** Has the counters say what the rows say. */
export async function countGrown(db: Database, now: Date): Promise<void> {
  const { consultation } = await findAround(db, now)
  await recountAll(db, consultation.id, shanghaiDay(now))
}

async function findAround(db: Database, now: Date): Promise<Around> {
  const consultation = await findConsultation(db, seedSlug)
  const first = async (table: typeof staff | typeof themes | typeof departments) =>
    (await db.query.select({ id: table.id }).from(table).where(gt(table.id, '')).limit(1))[0]?.id ?? ''
  if (!consultation) throw new Error('the demonstration is not there')
  const [theme] = await db.query
    .select({ id: themes.id })
    .from(themes)
    .where(eq(themes.consultationId, consultation.id))
  return {
    consultation,
    now,
    staffId: await first(staff),
    themeId: theme?.id ?? (await first(themes)),
    departmentId: await first(departments),
  }
}

function cameIn(tx: Query, consultationId: string, some: Grown[]) {
  return [
    ...into.submissions(
      tx,
      some.map(({ place, id, createdAt }) => ({
        ...person,
        id,
        consultationId,
        channel: isLetter(place) ? 'letter' : 'web',
        identity: place % 3 === 0 ? 'organisation' : 'individual',
        region: place % 2 === 0 ? '武乡县' : null,
        receiptNumber: `R-${id}`,
        codeHash: id,
        idempotencyHash: id,
        createdAt,
      })),
    ),
    ...into.comments(
      tx,
      some.map(({ place, id, state, createdAt }) => ({
        id,
        consultationId,
        submissionId: id,
        publicId: randomUUID(),
        round: 1,
        clause: `p${(place % clauses) + 1}`,
        stance: stances[place % stances.length] ?? 'amend',
        body: state === 'withdrawn' ? '' : `第 ${place} 条：${said}`,
        proposal: place % 10 === 0 ? 'amend' : null,
        wording: place % 10 === 0 ? said : null,
        quote: null,
        state,
        version: 1,
        review: 1,
        createdAt,
        createdDay: shanghaiDay(createdAt),
        publishedAt: state === 'published' ? createdAt : null,
        publishedDay: state === 'published' ? shanghaiDay(createdAt) : null,
        comparedAt: createdAt,
        unexamined: false,
        answered: 'none' as const,
      })),
    ),
  ]
}

const stances = ['support', 'oppose', 'amend', 'question']
const said = '建议把办理时限和责任单位写明确，并说明逾期不办的处理办法，方便群众监督。'.repeat(3)
const person = {
  payloadHash: '',
  name: null,
  maskedName: null,
  showName: false,
  organisation: null,
  contact: null,
  visibility: 'public',
}
