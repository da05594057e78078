import { eq } from 'drizzle-orm'
import Fastify from 'fastify'
import { comments, consultations, outcomeRows, outcomes } from '../../db/schema/index.ts'
import { publicSite } from '../../server/public/index.ts'
import type { TestPortal } from '../build.ts'
import {
  facts,
  makeReady,
  base as office,
  publish,
  putUp,
  send,
  slug,
} from '../office/consultations/conducting.ts'
import { secondPolicy } from '../office/consultations/draft-text.ts'
import { decided } from './decided.ts'

/** The moment at which the consultation is put up. */
export const opened = new Date('2026-11-23T02:00:00Z')
const closed = new Date('2027-01-01T02:00:00Z')
const body = '建议每个社区至少建设两处服务站。'

/** A consultation that has all there can be: two rounds, a short period, an extension, a correction, a comment. */
export interface Everything {
  portal: TestPortal
  staffId: string
  /** Of the one published comment. */
  code: string
  comment: string
}

export async function everything(portal: TestPortal): Promise<Everything> {
  const people = await putUp(portal)
  await makeReady(people)
  const short = { closes_on: '2026-12-01', short_period_reason: '防汛应急，需要尽快施行' }
  await send(people.drafter, `${office}/settings`, { ...facts, ...short })
  await publish(people)
  const code = await submitted(portal)
  const comment = await decided(portal, body, 'published')
  await send(people.drafter, `${office}/import`, { text: secondPolicy })
  await send(people.drafter, `${office}/rounds/2/mapping`, {})
  await publish(people)
  await send(people.approver, `${office}/extensions`, { closes_on: '2026-12-20', reason: '群众建议延长' })
  const correction = { place: 'p3', before: '两处', after: '三处', reason: '笔误' }
  await send(people.approver, `${office}/corrections`, correction)
  return { portal, staffId: people.approver.id, code, comment }
}

async function submitted(portal: TestPortal): Promise<string> {
  const sent = await portal.app.inject({
    method: 'POST',
    url: `/consultations/${slug}/submissions`,
    headers: { 'idempotency-key': 'one' },
    payload: {
      comments: [{ clause: 'p3', stance: 'amend', body, wording: '每个社区至少建设两处养老服务站。' }],
      name: '朱小明',
      show_name: true,
    },
  })
  return sent.json().receipt.code
}

/** Every GET route of the citizens' site, with something that is there in the place of each parameter. */
export async function publicAddresses({ portal, comment }: Everything): Promise<string[]> {
  const filled: Record<string, string> = { slug, clause: 'p3', comment, before: '1', after: '2' }
  const found: string[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'GET') found.push(url.replace(/:(\w+)/g, (_, name: string) => filled[name] ?? 'x'))
  })
  await app.register(publicSite, portal.deps)
  await app.ready()
  return [...found, '/nothing']
}

function change({ portal }: Everything, values: Partial<typeof consultations.$inferInsert>) {
  return portal.db.query
    .update(consultations)
    .set({ ...values, revision: Math.floor(Math.random() * 1e9) })
    .where(eq(consultations.slug, slug))
}

/** The states of a consultation, in an order in which one can follow another, and how it gets there. */
export const states: [string, (all: Everything) => Promise<unknown>][] = [
  ['open', async () => {}],
  [
    'not yet open',
    (all) =>
      change(all, {
        publishedAt: new Date('2026-11-22T00:00:00Z'),
        opensAt: new Date('2026-11-25T00:00:00Z'),
      }),
  ],
  [
    'suspended',
    (all) => change(all, { opensAt: opened, suspendedAt: opened, suspensionReason: '草案需要重大调整' }),
  ],
  [
    'closed',
    async (all) => {
      all.portal.clock.now = closed
      await change(all, { suspendedAt: null })
    },
  ],
  ['concluded', conclude],
]

async function conclude(all: Everything): Promise<void> {
  const { portal, staffId } = all
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.publicId, all.comment))
  await change(all, { outcomeAt: closed })
  const [found] = await portal.db.query
    .select({ id: consultations.id })
    .from(consultations)
    .where(eq(consultations.slug, slug))
  const numbers = {
    received: 1,
    people: 1,
    admitted: 1,
    states: {},
    channels: {},
    outcomes: { adopted: 1 },
    late: 0,
    endorsements: 0,
  }
  const common = { consultationId: found?.id ?? '', numbers, staffId, publishedAt: closed }
  await portal.db.query.insert(outcomes).values([
    { ...common, id: 'one', edition: 1, report: '一、基本情况\n共收到意见 1 条。', note: null },
    { ...common, id: 'two', edition: 2, report: '共收到意见 1 条。', note: '改正笔误' },
  ])
  const row = { clause: 'p3', count: 1, outcome: 'adopted', reason: '已写明。', outcomeId: 'two' }
  await portal.db.query.insert(outcomeRows).values([
    { ...row, position: 0, commentId: comment?.id ?? null, author: '朱**', body },
    { ...row, position: 1, commentId: null, author: '归纳', body: '多条意见的概括' },
  ])
}
