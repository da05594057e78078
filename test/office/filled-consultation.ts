import { eq, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Database } from '../../db/database.ts'
import { countArrival } from '../../db/queries/comments/arrival-counts.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { seedConsultation } from '../../db/queries/consultations/new-consultations.ts'
import {
  commentCounts,
  comments,
  endorsedClauses,
  endorsementCounts,
  staff,
  submissions,
} from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { identityNames, stanceNames, stateNames } from '../../server/rules/names.ts'
import { readDraft } from '../../server/text/outlining/outline.ts'
import { buildTestApp, type TestPortal } from '../build.ts'

/** Personal data that no public file and no file without a reason may hold. */
export const canaries = { name: '金丝雀甲', contact: '13800138000', organisation: '金丝雀合作社' }

/** With the key of test/build.ts. */
export const seals = createSeals(Buffer.alloc(32, 7))

const source = [
  '关于试点的实施意见（征求意见稿）',
  '为做好试点工作，提出以下意见。',
  '一、总体要求',
  '（一）指导思想。坚持问计于民，稳步推进。',
  '（二）基本原则。先易后难，公开透明。',
  '二、保障措施',
  '（三）加强领导。各级各部门要落实责任。',
].join('\n')

/** A consultation on {@link source}, open in November 2026. */
export async function aConsultation(db: Database, slug: string): Promise<Consultation> {
  const opensAt = new Date('2026-11-01T00:00:00Z')
  const facts = {
    slug,
    title: '关于试点的实施意见（征求意见稿）',
    organ: '某省发展和改革委员会',
    documentType: 'decision',
    publicationPolicy: 'as_decided',
    explanation: '起草说明。',
    regions: [
      { name: '长治市', counties: ['武乡县', '黎城县'] },
      { name: '晋中市', counties: ['左权县'] },
    ],
    opensAt,
    closesAt: new Date('2026-12-01T15:59:59.999Z'),
  }
  await seedConsultation(db, facts, readDraft(source), source, opensAt, opensAt)
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new Error('the consultation was not stored')
  return consultation
}

/** Two of the staff, by these ids, who cannot sign in. */
export async function drafterAndApprover(db: Database, now: Date): Promise<void> {
  for (const id of ['drafter', 'approver']) {
    await db.query.insert(staff).values({ id, name: id, passwordHash: '', totpSecret: '', createdAt: now })
  }
}

export interface Said {
  clause: string
  stance: string
  state: string
  identity: string
  region: string | null
  channel: string
  body: string
  wording: string | null
}

/** What the comments of most tests have in common; each says what is its own. */
export const amendment: Said = {
  clause: 'p7',
  stance: 'amend',
  state: 'published',
  identity: 'individual',
  region: null,
  channel: 'web',
  body: '请写明时限。',
  wording: null,
}

/** A portal whose seed consultation has 100 comments of every kind, and another consultation, `other`, beside it. */
export async function filledPortal(): Promise<TestPortal> {
  const portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(portal.db, consultation, everyKind(['draft', 'p1', 'p7', 'p23']))
  await aConsultation(portal.db, 'other')
  return portal
}

/** One of everything: each stance × state × identity on changing clauses, with canaries in what is personal. */
export function everyKind(clauses: string[]): Said[] {
  const regions = ['长治市武乡县', '晋中市', '省外', null]
  const channels = ['web', 'letter', 'meeting']
  return Object.keys(stanceNames).flatMap((stance, a) =>
    Object.keys(stateNames).flatMap((state, b) =>
      Object.keys(identityNames).map((identity, c) => ({
        clause: clauses[(a + b + c) % clauses.length] ?? 'draft',
        stance,
        state,
        identity,
        region: regions[(a + c) % regions.length] ?? null,
        channel: channels[(b + c) % channels.length] ?? 'web',
        body: `${state}的意见${a}${b}${c}：=1+1，"引号"\n第二行`,
        wording: stance === 'amend' ? '＝建议改为稳妥推进' : null,
      })),
    ),
  )
}

/** Lets so many endorsements stand with the first comment in each of these states. */
export async function endorseSome(db: Database, byState: Readonly<Record<string, number>>): Promise<void> {
  for (const [state, count] of Object.entries(byState)) {
    const [comment] = await db.query
      .select()
      .from(comments)
      .where(eq(comments.state, state))
      .orderBy(comments.number)
      .limit(1)
    if (!comment) throw new Error(`no comment is ${state}`)
    await db.query.insert(endorsementCounts).values({ commentId: comment.id, count })
    const { consultationId, clause } = comment
    if (state === 'withdrawn') continue
    await db.query
      .insert(endorsedClauses)
      .values({ consultationId, clause, count })
      .onConflictDoUpdate({
        target: [endorsedClauses.consultationId, endorsedClauses.clause],
        set: { count: sql`${endorsedClauses.count} + ${count}` },
      })
  }
}

/** Stores each as a submission of its own, and keeps the counters as the portal does. Returns the comments' public ids. */
export async function say(
  db: Database,
  { id: consultationId }: Consultation,
  said: Said[],
): Promise<string[]> {
  const ids: string[] = []
  for (const one of said) {
    const publicId = crypto.randomUUID()
    await db.atomically((tx) => statements(tx, consultationId, publicId, one))
    ids.push(publicId)
  }
  return ids
}

function statements(
  tx: Pick<Database['query'], 'insert'>,
  consultationId: string,
  publicId: string,
  one: Said,
) {
  const { clause, stance, state, identity, region, channel, body, wording } = one
  const submissionId = uuid()
  const createdAt = new Date('2026-11-05T17:05:00Z')
  const sealed = (column: keyof typeof canaries) =>
    seals.seal(canaries[column], { table: 'submissions', column, row: submissionId })
  return [
    tx.insert(submissions).values({
      id: submissionId,
      consultationId,
      receiptNumber: `R-${submissionId.slice(-12)}`,
      codeHash: submissionId,
      idempotencyHash: submissionId,
      payloadHash: '',
      channel,
      identity,
      name: sealed('name'),
      maskedName: '金**',
      showName: false,
      organisation: sealed('organisation'),
      region,
      contact: sealed('contact'),
      visibility: state === 'withheld' ? 'office' : 'public',
      createdAt,
    }),
    tx.insert(comments).values({
      id: uuid(),
      publicId,
      submissionId,
      consultationId,
      round: 1,
      clause,
      stance,
      body,
      proposal: wording ? 'amend' : null,
      wording,
      quote: null,
      state,
      version: 1,
      review: 1,
      unexamined: true,
      answered: 'none' as const,
      createdAt,
      createdDay: shanghaiDay(createdAt),
      publishedAt: state === 'published' ? createdAt : null,
      publishedDay: state === 'published' ? shanghaiDay(createdAt) : null,
    }),
    ...countArrival(tx, { consultationId, channel, identity, region }, [clause]),
    tx
      .insert(commentCounts)
      .values({ consultationId, clause, stance, state, count: 1 })
      .onConflictDoUpdate({
        target: [
          commentCounts.consultationId,
          commentCounts.clause,
          commentCounts.stance,
          commentCounts.state,
        ],
        set: { count: sql`${commentCounts.count} + 1` },
      }),
  ]
}
