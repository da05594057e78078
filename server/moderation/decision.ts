import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Claim } from '../../db/queries/moderation/claims.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { type Deciders, type DueDecision, dueDecisionOn } from '../../db/queries/moderation/kept-decisions.ts'
import { rule } from '../../db/queries/moderation/rulings.ts'
import { agreementOf, castVote, type Vote, votesOn } from '../../db/queries/moderation/votes.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Member } from '../../db/queries/staff/staff.ts'
import { ifRefused } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiClock, shanghaiMinute } from '../rules/days.ts'
import { agreementFor, consequence } from '../rules/moderation/agreement.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import {
  answerForm,
  decisionForm,
  type Ruling,
  readRuling,
  type TypedDecision,
} from '../rules/moderation/decision-form.ts'
import { needsSecondLook } from '../rules/moderation/redactions.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { excerpt } from '../text/words/sentences.ts'
import { appealOutcome, hearingBy } from './appeals.ts'
import { changesSince } from './changes.ts'
import { commentInHand } from './comment-in-hand.ts'
import { isFragment, type Notice, type Said } from './judging.ts'
import { excerptLength } from './listed-comment.ts'
import { publicationErrors } from './publication-errors.ts'
import { type QueuePage, queuePage } from './queue.ts'
import { placeOf, queueAddress } from './queue-address.ts'
import { type Reading, readingOf } from './reading.ts'
import { claimNext } from './waiting.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/_after-decision': QueuePage & { decided: { publicId: string; excerpt: string } }
  }
}

/** POST /moderation/comments/:id/decision: one moderator's ruling, with the version of the comment that they read. */
export function decision(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now } = deps

  app.post<{ Params: { id: string } }>('/comments/:id/decision', async (request, reply) => {
    const { comment, member } = await commentInHand(deps, request, 'moderator', 'approver')
    const hearing = await hearingBy(deps, comment, member)
    const reasons = await currentReasons(db)
    const seen = await examinationOf(db, seals, comment)
    const due = await dueDecisionOn(db, seals, comment.id)
    const typed = decisionForm(reasons).typed(request.body)
    // Before whatever else keeps it: what is missing of an old version is missing of nothing that is there.
    if (due || hasMovedOn(comment, typed)) {
      const read = { comment, hearing, examination: seen, due, reasons }
      return showMovedOn(deps, request, reply, comment, typed, read)
    }
    const { values: ruling, errors } = readRuling(typed, reasons)
    const answer = hearing.appeal && answerForm.read(typed)
    const missing = ruling
      ? [...publicationErrors(comment, ruling, seen, typed), ...(answer?.errors ?? [])]
      : errors
    if (!ruling || missing.length > 0) {
      const known = { comment, hearing, due, examination: seen, reasons }
      const said = { open: comment.publicId, decided: null, known, errors: missing, typed }
      return show(deps, request, reply.code(422), said)
    }
    const appeal = answer?.values
      ? { ...answer.values, outcome: await appealOutcome(deps, comment, ruling) }
      : null
    const ruled = await ruleOn(deps, { comment, hearing, examination: seen }, ruling, member, (by, agreed) =>
      rule(db, seals, comment, agreed, seen, { ...by, appeal }, now()),
    ).catch(ifRefused('stale', () => null))
    if (ruled === 'decided') return showNext(deps, request, reply, comment)
    if (ruled) {
      const known = { hearing: { ...hearing, votes: ruled.votes } }
      const notice = { text: waitingFor[ruled.waitsFor], done: true }
      return show(deps, request, reply, { open: comment.publicId, decided: null, known, notice })
    }
    return showMovedOn(deps, request, reply, comment, typed)
  })
}

/** Whether a comment is no longer what somebody read when they decided. */
function hasMovedOn({ state, version }: CommentToJudge, typed: TypedDecision): boolean {
  return state !== 'pending' || (/^\d+$/.test(typed.version) && Number(typed.version) !== version)
}

/** What came before the decision, with what the author changed; nothing typed is lost. @param known what is read already */
async function showMovedOn(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  before: CommentToJudge,
  typed: TypedDecision,
  known: Partial<Reading> = {},
): Promise<FastifyReply> {
  const reading = await readingOf(deps, request, before.publicId, known)
  const revised = await changesSince(deps.db, reading.comment, Number(typed.version))
  return show(deps, request, reply.code(409), {
    open: before.publicId,
    decided: null,
    known: reading,
    notice: whoWasFirst(before, reading, Number(typed.version) < reading.comment.version),
    revised,
    typed,
  })
}

/**
 * Decides, or keeps the ruling until as many agree as the consultation asks for.
 * @returns what it waits for and what is held of it now, where it is not decided
 */
async function ruleOn(
  { db, now }: Dependencies,
  { comment, hearing, examination }: Pick<Reading, 'comment' | 'hearing' | 'examination'>,
  ruling: Ruling,
  { id: staffId, grants }: Member,
  take: (deciders: Deciders, ruling: Ruling) => Promise<unknown>,
): Promise<'decided' | { waitsFor: 'second' | 'third'; votes: Vote[] }> {
  const naming = needsSecondLook(examination.spans)
  const agreement = agreementFor(await agreementOf(db, comment.consultationId), ruling, naming)
  const isLast = !hasRole(grants, ['moderator'], comment.consultationId)
  const follow = (votes: Vote[]) => {
    const others = votes.filter((vote) => vote.staffId !== staffId)
    return consequence(agreement, { ...ruling, staffId }, others, isLast)
  }
  let { votes } = hearing
  let next = follow(votes)
  if (!next.decided) {
    await castVote(db, comment, ruling, { staffId, now: now() })
    // Two who vote at the same moment each find the other's vote only now.
    votes = await votesOn(db, comment)
    next = follow(votes)
  }
  if (!next.decided) return { waitsFor: next.waitsFor, votes }
  const { staffId: first, agreedBy } = next
  await take({ staffId: first, agreedBy }, { ...next.ruling, version: ruling.version })
  return 'decided'
}

async function show(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Said,
): Promise<FastifyReply> {
  const page = await queuePage(deps, request, said)
  return reply.page(isFragment(request) ? 'moderation/_judging' : 'moderation/queue', page)
}

const waitingFor = {
  second: '已记下您的意见。这类决定须两人一致，等另一位审核员作出决定后生效。',
  third: '已记下您的意见。您与另一位审核员的意见不同，交由第三位审核员决定。',
}

/** The next comment is claimed and opens. With script the list is filled up; without, the same by a new page. */
async function showNext(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  comment: CommentToJudge,
): Promise<FastifyReply> {
  const decided = comment.publicId
  const { next, queue, seen } = await claimNext(deps, request, comment)
  if (!isFragment(request)) {
    const open = next ? { comment: next } : null
    return reply.redirect(`${queueAddress(placeOf(request), { decided, ...open })}#judging`, 303)
  }
  const page = await queuePage(deps, request, { open: next, decided }, { queue, seen })
  const row = { publicId: decided, excerpt: excerpt(comment.body, excerptLength) }
  return reply.page('moderation/_after-decision', { ...page, decided: row })
}

/** Why a ruling came too late: somebody decided or is judging it, or the citizen changed or withdrew it. */
function whoWasFirst(
  read: CommentToJudge,
  { comment, claim, due, decisions: [newest] }: Reading,
  isRevised: boolean,
): Notice {
  if (due) return refusal(decidedBy(due))
  if (comment.state === 'withdrawn') return refusal('提出人已经撤回这条意见，您的决定没有生效。')
  if (comment.state === 'pending') return refusal(whyStillWaiting(read, comment, claim, isRevised))
  if (!newest) return refusal('这条意见刚刚有变化，您的决定没有生效。请看过后重新决定。')
  const { by, decision } = newest
  const outcome = nameOf(stateNames, stateAfter(decision.admission, decision.publication))
  return refusal(
    `这条意见已由 ${by} 于 ${shanghaiMinute(decision.createdAt)} 决定：${outcome}。您的决定没有生效。`,
  )
}

function decidedBy({ by, ruling, dueAt }: DueDecision): string {
  const outcome = nameOf(stateNames, stateAfter(ruling.admission, ruling.publication))
  return `这条意见已由 ${by} 决定：${outcome}，${shanghaiClock(dueAt)} 生效。您的决定没有生效。`
}

const justRevised = '提出人刚刚修改了这条意见，您的决定没有生效。请看过改动的地方，重新决定。'

function whyStillWaiting(
  read: CommentToJudge,
  comment: CommentToJudge,
  claim: Claim | null,
  isRevised: boolean,
): string {
  if (isRevised) return justRevised
  if (claim) return `${claim.by} 正在审这条意见（到 ${shanghaiMinute(claim.until)}），您的决定没有生效。`
  return comment.review > read.review
    ? '这条意见刚刚进入新一轮审核，您的决定没有生效。请看过后重新决定。'
    : '这条意见的标记刚刚变了，您的决定没有生效。请看过后重新决定。'
}

function refusal(text: string): Notice {
  return { text, done: false }
}
