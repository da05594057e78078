import { listReceipts } from '../../../db/queries/intakes/intake-letters.ts'
import { findList, prepareList, startList } from '../../../db/queries/intakes/intake-lists.ts'
import { enterOffline } from '../../../db/queries/intakes/intakes.ts'
import { findBulk, prepareBulk, turnBulk } from '../../../db/queries/moderation/bulks.ts'
import { claim } from '../../../db/queries/moderation/claims.ts'
import { confirmOrganisation } from '../../../db/queries/moderation/confirmations.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { defer } from '../../../db/queries/moderation/due-decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { reopen } from '../../../db/queries/moderation/reviews.ts'
import { castVote, setAgreement } from '../../../db/queries/moderation/votes.ts'
import { addFetches } from '../../../db/queries/retractions/fetches.ts'
import { whatHolds } from '../../../db/queries/retractions/held-words.ts'
import { answerReports, reportPrivacy } from '../../../db/queries/retractions/privacy-reports.ts'
import { publicComment } from '../../../db/queries/retractions/public-comments.ts'
import { retract } from '../../../db/queries/retractions/retractions.ts'
import { letterEntering } from '../../../server/jobs/intake-letters.ts'
import { listEnding } from '../../../server/jobs/intake-lists.ts'
import type { BulkRuling } from '../../../server/rules/moderation/bulks.ts'
import { doSome } from '../../jobs/doing.ts'
import { aSubmission } from './citizens.ts'
import { commentsIn, type Filling, first, idOf } from './filling.ts'

const published: BulkRuling = {
  admission: 'admitted',
  publication: 'published',
  reason: null,
  note: null,
  transferred: false,
}
const intake = { receivedOn: '2026-11-20', reference: '晋字〔2026〕1号', onBehalf: true }

/** What moderators do besides the demonstration's decisions. */
export async function actAsModerators(filling: Filling): Promise<void> {
  await publishTheOrganisation(filling)
  await judgeTogether(filling)
  await runABulk(filling)
  await enterLetters(filling)
  await takeOut(filling)
}

/** A decision that has not taken effect yet. */
export async function decideForLater(filling: Filling): Promise<void> {
  const { db, seals, now } = filling.deps
  const comment = first(await commentsIn(filling, 'pending'))
  const seen = await examinationOf(db, seals, comment)
  const ruling = { ...published, version: comment.version }
  const deciders = { staffId: idOf(filling, 'moderator'), agreedBy: null }
  const dueAt = new Date(now().getTime() + 30_000)
  await defer(db, seals, comment, ruling, seen, deciders, { now: now(), dueAt })
}

/** Publishes the organisation's comment without its telephone number, and confirms who it is. */
async function publishTheOrganisation(filling: Filling): Promise<void> {
  const { db, seals, now } = filling.deps
  const moderator = idOf(filling, 'moderator')
  const comment = (await commentsIn(filling, 'pending')).at(-1)
  if (!comment?.organisation) throw new Error('the last comment is not the organisation’s')
  const seen = await examinationOf(db, seals, comment)
  const deciders = { staffId: moderator, agreedBy: idOf(filling, 'moderator', 1) }
  await decide(db, seals, comment, { ...published, version: comment.version }, seen, deciders, now())
  await confirmOrganisation(
    db,
    comment,
    { by: 'letter', creditCode: null },
    { staffId: moderator, now: now() },
  )
}

async function judgeTogether(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const [one, other, third] = [0, 1, 2].map((place) => idOf(filling, 'moderator', place))
  await setAgreement(db, filling.consultation.id, 'negative', {
    staffId: idOf(filling, 'approver'),
    now: now(),
  })
  const [voted, claimed] = await commentsIn(filling, 'pending')
  if (!voted || !claimed || !one || !other || !third) throw new Error('too little waits')
  const withheld = {
    ...published,
    publication: 'withheld',
    reason: 'third_party',
    version: voted.version,
  } as const
  await castVote(db, voted, withheld, { staffId: one, now: now() })
  await claim(db, claimed.id, { staffId: other, now: now() })
  await reopen(db, first(await commentsIn(filling, 'published')), '请再核对。', {
    staffId: third,
    now: now(),
  })
}

/** A list of comments is confirmed; whoever follows what comes in decides them. */
async function runABulk(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const moderator = idOf(filling, 'moderator')
  const waiting = (await commentsIn(filling, 'pending')).slice(-3).map(({ id }) => id)
  const bulk = await findBulk(
    db,
    await prepareBulk(db, published, waiting, { staffId: moderator, now: now() }),
    moderator,
  )
  if (bulk) await turnBulk(db, bulk, 'prepared', 'running', now())
}

async function enterLetters(filling: Filling): Promise<void> {
  const { deps, consultation, receipts } = filling
  const { db, seals, now } = deps
  const moderator = idOf(filling, 'moderator')
  const letter = { ...aSubmission(consultation.id, '〔演示〕来信：请写明时限。'), channel: 'letter' }
  receipts.push(
    await enterOffline(db, seals, letter, { ...intake, late: false }, 'letter', {
      staffId: moderator,
      now: now(),
    }),
  )

  const listed = ['〔演示〕会上发言一。', '〔演示〕会上发言二。'].map((body, row) => ({
    submission: { ...aSubmission(consultation.id, body), channel: 'meeting' },
    intake,
    rows: [row + 2],
  }))
  const origin = { consultationId: consultation.id, round: 1, fileName: '座谈会.xlsx' }
  const list = await findList(
    db,
    await prepareList(db, seals, origin, listed, { staffId: moderator, now: now() }),
    moderator,
  )
  if (!list) throw new Error('the list was not kept')
  await startList(db, list, now())
  for (const kind of [letterEntering, listEnding]) await doSome(deps, kind)
  receipts.push(...(await listReceipts(db, seals, list, -1, listed.length)))
}

/** Somebody finds themselves in a published comment, whose words are then hidden wherever they stand. */
async function takeOut(filling: Filling): Promise<void> {
  const { deps, consultation } = filling
  const { db, seals, now } = deps
  const act = { staffId: idOf(filling, 'moderator'), now: now() }
  const comment = (await commentsIn(filling, 'published')).at(-1)
  const seen = comment && (await publicComment(db, comment.publicId))
  if (!seen) throw new Error('nothing is published')
  await addFetches(db, [{ slug: consultation.slug, page: '/comments', day: '2026-11-23', count: 3 }])
  await reportPrivacy(db, seen, '2026-11-26', now())
  const words = seen.body.slice(0, 12)
  const held = await whatHolds(db, seals, consultation, words)
  await retract(db, seals, consultation, { words, cause: 'personal', ...held }, act)
  await answerReports(db, seen, { outcome: 'retracted', answer: '已经隐去。' }, act)
}
