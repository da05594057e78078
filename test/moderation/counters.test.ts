import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answeredCells } from '../../db/queries/answers/progress.ts'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../db/queries/answers/responses.ts'
import { endorsementsByClause } from '../../db/queries/comments/endorsed-clauses.ts'
import { endorse, endorsementStatus, withdrawEndorsement } from '../../db/queries/comments/endorsements.ts'
import { decisionTallies } from '../../db/queries/log/audit.ts'
import { bulksOf, prepareBulk, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { moderationStatistics } from '../../db/queries/moderation/moderation-statistics.ts'
import { type ActedOn, appeal, reviseComment, withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { campaignMembers, comments } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { everything } from '../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { strict } from '../jobs/doing.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
let moderators: SignedIn[]
const body = '建议明确县级财政对老区乡镇卫生院的补助标准，有事请打 13812345678 找我。'

beforeAll(async () => {
  portal = await buildTestApp()
  moderators = [await signIn(portal, 'moderator'), await signIn(portal, 'moderator')]
})
afterAll(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }
const withhold = { admission: 'admitted', publication: 'withheld', reason: 'third_party', version: '1' }
const refuse = { admission: 'refused', publication: 'withheld', reason: 'off_topic', version: '1' }

/** By how much the public figures and the moderators' tallies have grown. */
type Changed = [published: number, redacted: number, offTopic: number, amend: number, oppose: number]

type Act = (publicId: string, moderator: SignedIn) => Promise<unknown>

async function theComment(publicId: string): Promise<ActedOn> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  if (!row) throw new Error('no comment')
  return row
}

function post(path: string, fields: object): Act {
  return async (publicId, moderator) => {
    await moderator.get(`/moderation?comment=${publicId}`)
    return moderator.post(`/moderation/comments/${publicId}/${path}`, fields)
  }
}

/** What an author does who saw the comment a moment ago; it may be refused. */
function authors(act: (comment: ActedOn) => Promise<void>): Act {
  return async (publicId) => act(await theComment(publicId)).catch(() => {})
}

async function bulk(_id: string, moderator: SignedIn): Promise<void> {
  const { db, deps } = portal
  const rows = await db.query.select({ id: comments.id }).from(comments)
  const ruling = {
    admission: 'admitted',
    publication: 'published',
    reason: null,
    note: null,
    transferred: false,
  } as const
  await prepareBulk(
    db,
    ruling,
    rows.map(({ id }) => id),
    { staffId: moderator.id, now: deps.now() },
  )
  const [prepared] = await bulksOf(db, moderator.id)
  if (prepared) await turnBulk(db, prepared, 'prepared', 'running', deps.now())
}

/** What the office does: an answer to all that is admitted of a comment's clause, approved by a second person. */
async function respond(publicId: string): Promise<void> {
  const { db, deps } = portal
  const { consultationId, clause } = await theComment(publicId)
  const [drafter, approver] = moderators.map(({ id }) => ({ staffId: id, now: deps.now() }))
  if (!drafter || !approver) return
  const target = { kind: 'reading' as const, filters: { ...everything, clause } }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  const id = await draftResponse(db, consultationId, target, answer, drafter).catch(() => null)
  if (id === null) return
  await submitResponse(db, consultationId, id, drafter)
  await approveResponse(db, consultationId, id, approver)
}

const codes: string[] = []

async function endorseIt(publicId: string): Promise<void> {
  const { db, deps } = portal
  const { consultationId } = await theComment(publicId)
  const key = crypto.randomUUID()
  await endorse(db, deps.seals, { consultationId, publicId }, key, deps.now()).then(
    ({ code }) => codes.push(code),
    () => {},
  )
}

async function takeBackEndorsement(): Promise<void> {
  const { db, deps } = portal
  const status = await endorsementStatus(db, deps.seals, codes.pop() ?? '')
  if (status) await withdrawEndorsement(db, status, deps.now())
}

const acts: Record<string, Act> = {
  respond,
  endorse: endorseIt,
  takeBackEndorsement,
  publish: post('decision', publish),
  hideAndPublish: post('decision', { ...publish, hide: '1' }),
  withhold: post('decision', withhold),
  refuse: post('decision', refuse),
  answer: post('decision', { ...publish, hide: '1', answer: '属于本草案事项' }),
  refuseRevised: post('decision', { ...refuse, hide: '1', version: '2' }),
  answerRevised: post('decision', { ...publish, hide: '1', version: '2', answer: '属于本草案事项' }),
  reopen: post('reopening', { reason: '再看' }),
  claim: post('claim', {}),
  release: post('release', {}),
  mark: post('redactions', { text: '县级', kind: 'other', revision: '1' }),
  judge: post('redactions', { span: '0', hidden: 'no', revision: '1' }),
  restore: post('restoration', {}),
  withdraw: authors(async (comment) => void (await withdraw(portal.db, comment, portal.deps.now()))),
  revise: authors((comment) =>
    reviseComment(portal.db, comment, { ...comment, stance: 'oppose' }, portal.deps.now()),
  ),
  appeal: authors((comment) => appeal(portal.db, comment, '请再看', portal.deps.now())),
  follow: () => followOnce(portal.deps, strict),
  bulk,
  takeOut: async (publicId, moderator) => {
    const [member] = await portal.db.query
      .select({ campaignId: campaignMembers.campaignId })
      .from(campaignMembers)
      .innerJoin(comments, eq(comments.id, campaignMembers.commentId))
      .where(eq(comments.publicId, publicId))
    if (member)
      await moderator.post(`/moderation/campaigns/${member.campaignId}/removals`, { comment: publicId })
  },
}

test('whatever staff and authors do in whatever order, every counter equals a recount', async () => {
  const step = fc.record({
    who: fc.nat({ max: 1 }),
    which: fc.nat({ max: 2 }),
    what: fc.constantFrom(...Object.keys(acts)),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const ids = [(await aComment(portal, { body })).publicId, (await aComment(portal, { body })).publicId]
      ids.push((await aComment(portal, { clause: 'p8' })).publicId)
      for (const { who, which, what } of steps) {
        const [moderator, publicId] = [moderators[who], ids[which]]
        if (moderator && publicId) await acts[what]?.(publicId, moderator)
      }
      expect(await wrongCounts(portal.db)).toEqual([])
      const rows = await portal.db.query.select().from(comments)
      const statistics = await moderationStatistics(portal.db, rows[0]?.consultationId ?? '')
      const inState = (state: string) => rows.filter((row) => row.state === state).length
      const denied = statistics.reasons.reduce((sum, { count }) => sum + count, 0)
      expect([statistics.published, denied]).toEqual([
        inState('published'),
        inState('withheld') + inState('refused'),
      ])
    }),
    { numRuns: 12 },
  )
})

test('its answer and its endorsements are counted with a comment as long as it is where they count', async () => {
  const { publicId } = await aComment(portal, { clause: 'p9' })
  const { consultationId } = await theComment(publicId)
  const counts = async () => [
    (await answeredCells(portal.db, consultationId)).find(({ clause }) => clause === 'p9')?.count ?? 0,
    (await endorsementsByClause(portal.db, consultationId)).get('p9') ?? 0,
  ]
  const steps: [act: string, moderator: 0 | 1, answered: number, endorsed: number][] = [
    ['publish', 0, 0, 0],
    ['endorse', 0, 0, 1],
    ['endorse', 0, 0, 2],
    ['respond', 0, 1, 2],
    ['reopen', 0, 0, 2],
    ['withhold', 0, 1, 2],
    ['appeal', 0, 0, 2],
    ['answer', 1, 1, 2],
    ['takeBackEndorsement', 0, 1, 1],
    ['withdraw', 0, 0, 0],
    ['takeBackEndorsement', 0, 0, 0],
  ]
  for (const [act, who, ...expected] of steps) {
    const moderator = moderators[who]
    if (moderator) await acts[act]?.(publicId, moderator)
    expect([act, ...(await counts())]).toEqual([act, ...expected])
    expect(await wrongCounts(portal.db)).toEqual([])
  }
})

test('what was decided is counted where the comment stands now, and under the stance that it has now', async () => {
  const { publicId } = await aComment(portal, { body, clause: 'p10' })
  const { consultationId } = await theComment(publicId)
  const counts = async () => {
    const { published, redacted, reasons } = await moderationStatistics(portal.db, consultationId)
    const tallies = await decisionTallies(portal.db)
    const offTopic = reasons.find(({ reason }) => reason === 'off_topic')?.count ?? 0
    const decidedAs = (stance: string) =>
      tallies.filter((row) => row.stance === stance).reduce((sum, { count }) => sum + count, 0)
    return [published, redacted, offTopic, decidedAs('amend'), decidedAs('oppose')]
  }
  const before = await counts()
  const steps: [act: string, moderator: 0 | 1, ...Changed][] = [
    ['hideAndPublish', 0, 1, 1, 0, 1, 0],
    ['reopen', 0, 0, 0, 0, 1, 0],
    ['hideAndPublish', 0, 1, 1, 0, 2, 0],
    ['reopen', 0, 0, 0, 0, 2, 0],
    ['restore', 0, 0, 0, 0, 2, 0],
    ['revise', 0, 0, 0, 0, 0, 2],
    ['refuseRevised', 0, 0, 0, 1, 0, 3],
    ['appeal', 0, 0, 0, 0, 0, 3],
    ['answerRevised', 1, 1, 1, 0, 0, 4],
    ['withdraw', 0, 0, 0, 0, 0, 4],
  ]
  for (const [act, who, ...expected] of steps) {
    const moderator = moderators[who]
    if (moderator) await acts[act]?.(publicId, moderator)
    const changed = (await counts()).map((count, place) => count - (before[place] ?? 0))
    expect([act, ...changed]).toEqual([act, ...expected])
    expect(await wrongCounts(portal.db)).toEqual([])
  }
})
