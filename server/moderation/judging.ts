import type { FastifyReply, FastifyRequest } from 'fastify'
import { campaignOf } from '../../db/queries/campaigns/campaigns.ts'
import { type Claim, claimOn } from '../../db/queries/moderation/claims.ts'
import { type CommentToJudge, commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { appealHeard } from '../../db/queries/moderation/reviews.ts'
import { votesOn } from '../../db/queries/moderation/votes.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { decisionForm, type TypedDecision } from '../rules/moderation/decision-form.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { hasRole, type Role } from '../rules/staff/roles.ts'
import type { FieldError } from '../rules/typed.ts'
import { ownSentences } from '../text/comparing/fingerprints.ts'
import { barredFrom } from './appeals.ts'
import { type Judged, judged } from './judged.ts'
import { placeOf, queryOf } from './queue-address.ts'

/** What a moderator is told about their last act: done, or refused. */
export interface Notice {
  text: string
  done: boolean
}

/** What has to be said on the page, and which comment is open. */
export interface Said {
  open: string | null
  /** The comment that was decided just now; the next one opens. */
  decided: string | null
  notice?: Notice
  errors?: FieldError[]
  /** What was typed of a refused decision, or as the reason to let the comment wait again. */
  typed?: TypedDecision
  reopening?: string
}

/** The right side of the queue: one comment, what may be done with it, and where to go next. */
export interface Judging {
  judged: Judged | null
  claim: { mine: boolean; by: string; until: string } | null
  mayDecide: boolean
  /** Why somebody who otherwise decides may not decide on this comment. */
  barred: string | null
  /** Whether they moderate here: the next one is opened by claiming it. Approvers and auditors open it to read. */
  mayClaim: boolean
  /** Whether they may see what a redacted comment said. */
  mayUncover: boolean
  /** The campaign in which the comment stands; `own` is what the comment says besides. */
  campaign: { id: string; count: number; similarity: string; own: string[] } | null
  /** The citizen's appeal that this round of review hears. */
  appeal: { grounds: string; at: string } | null
  /** What moderators hold where two have to agree. */
  votes: { by: string; at: string; outcome: string; reason: string | null; mine: boolean }[]
  following: string | null
  previous: string | null
  reasons: Reason[]
  /** The query that keeps the queue where it is. */
  query: string
  notice: Notice | null
  errors: FieldError[]
  typed: TypedDecision
  /** null where nothing was typed. */
  reopening: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'moderation/_judging': Judging
  }
}

/** One comment beside its clause, for who may read it. @throws PageError 404, 403 */
export async function judging(
  deps: Dependencies,
  request: FastifyRequest,
  { open, decided, notice, errors, typed, reopening }: Said,
  { following, previous }: Pick<Judging, 'following' | 'previous'>,
): Promise<Judging> {
  const comment = open ? await commentToJudge(deps.db, open) : null
  if (open && !comment) throw notFound()
  const member = comment && memberWith(request, comment.consultationId, 'moderator', 'approver', 'auditor')
  const claim = comment && (await claimOn(deps.db, comment.id, deps.now()))
  const has = (...roles: Role[]) =>
    !!comment && !!member && hasRole(member.grants, roles, comment.consultationId)
  const mayRule = has('moderator', 'approver')
  const barred = comment && member && mayRule ? await barredFrom(deps, comment, member) : null
  const reasons = await currentReasons(deps.db)
  return {
    judged: comment ? await judged(deps, comment) : null,
    claim: claim && shownClaim(claim, member?.id),
    mayDecide: mayRule && barred === null,
    barred,
    mayClaim: !comment || has('moderator'),
    mayUncover: mayRule,
    campaign: comment && (await shownCampaign(deps, comment)),
    appeal: comment && (await shownAppeal(deps, comment)),
    votes: comment && member ? await shownVotes(deps, comment, member.id) : [],
    following,
    previous,
    reasons,
    query: queryOf({ ...placeOf(request) }),
    notice: notice ?? (await outcomeOf(deps, request, decided)),
    errors: errors ?? [],
    typed: typed ?? decisionForm(reasons).blank,
    reopening: reopening ?? null,
  }
}

async function shownCampaign({ db }: Dependencies, comment: CommentToJudge): Promise<Judging['campaign']> {
  const campaign = await campaignOf(db, comment.id)
  if (!campaign) return null
  const { id, count, similarity, representative } = campaign
  const own = ownSentences(representative, comment.body).filter((sentence) => sentence.own)
  return { id, count, similarity: (similarity / 1000).toFixed(2), own: own.map(({ text }) => text) }
}

async function shownAppeal({ db }: Dependencies, comment: CommentToJudge): Promise<Judging['appeal']> {
  const appeal = await appealHeard(db, comment)
  return appeal && { grounds: appeal.grounds, at: shanghaiMinute(appeal.createdAt) }
}

async function shownVotes(
  { db }: Dependencies,
  comment: CommentToJudge,
  me: string,
): Promise<Judging['votes']> {
  const [votes, reasons] = await Promise.all([votesOn(db, comment), currentReasons(db)])
  return votes.map(({ staffId, by, createdAt, admission, publication, reason }) => ({
    by,
    at: shanghaiMinute(createdAt),
    outcome: nameOf(stateNames, stateAfter(admission, publication)),
    reason: reasons.find(({ code }) => code === reason)?.name ?? reason,
    mine: staffId === me,
  }))
}

function shownClaim({ staffId, by, until }: Claim, me: string | undefined): Judging['claim'] {
  return { mine: staffId === me, by, until: shanghaiMinute(until) }
}

/** What became of the comment from which the moderator comes. */
async function outcomeOf(
  { db }: Dependencies,
  request: FastifyRequest,
  decided: string | null,
): Promise<Notice | null> {
  const comment = decided ? await commentToJudge(db, decided) : null
  if (!comment) return null
  memberWith(request, comment.consultationId, 'moderator', 'approver', 'auditor')
  return { text: `已决定：${nameOf(stateNames, comment.state)}`, done: true }
}

/** Whether htmx asks for a piece of the page instead of the whole. */
export function isFragment({ headers }: FastifyRequest): boolean {
  return headers['hx-request'] === 'true'
}

/** Says nothing where nothing changes on the page. */
export function nothing(reply: FastifyReply): FastifyReply {
  return reply.code(204).send()
}
