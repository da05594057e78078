import type { FastifyReply, FastifyRequest } from 'fastify'
import { campaignOf } from '../../db/queries/campaigns/campaigns.ts'
import type { Claim } from '../../db/queries/moderation/claims.ts'
import type { CommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { dueDecisionOn } from '../../db/queries/moderation/kept-decisions.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf, memberWith } from '../plugins/roles.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { stateAfter } from '../rules/moderation/comment-states.ts'
import { decisionForm, type TypedDecision } from '../rules/moderation/decision-form.ts'
import type { Reason } from '../rules/moderation/reasons.ts'
import { nameOf, stateNames } from '../rules/names.ts'
import { hasRole, type Role } from '../rules/staff/roles.ts'
import type { FieldError } from '../rules/typed.ts'
import { ownSentences } from '../text/comparing/fingerprints.ts'
import type { Change } from './changes.ts'
import { type ShownDue, shownDue } from './due.ts'
import { type Judged, judged } from './judged.ts'
import { placeOf, queryOf } from './queue-address.ts'
import { type Reading, readingOf } from './reading.ts'

/** What a moderator is told about their last act: done, or refused. */
export interface Notice {
  text: string
  done: boolean
}

/** What has to be said on the page, and which comment is open; comments by their public ids. */
export interface Said {
  open: string | null
  /** The one that was decided just now; the next one opens. */
  decided: string | null
  /** What the request has read of the open comment and not written since. */
  known?: Partial<Reading>
  notice?: Notice
  /** What its author has changed since it was read. */
  revised?: Change[] | null
  errors?: FieldError[]
  /** What was typed of a refused decision, or as the reason to let the comment wait again. */
  typed?: TypedDecision
  reopening?: string
}

/** The right side of the queue: one comment, what may be done with it, and where to go next. */
export interface Judging {
  judged: Judged | null
  claim: { mine: boolean; by: string; until: string } | null
  /** What was decided on it and has not taken effect. */
  due: ShownDue | null
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
  revised: Change[] | null
  /** The public id of the comment that was decided just now, where that can be taken back. */
  revocable: string | null
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

/** The comment that was decided just now, and those before and behind the one that is open, by their public ids. */
interface Around extends Pick<Judging, 'following' | 'previous'> {
  decided: CommentToJudge | null
}

/** One comment beside its clause, for who may read it. @throws PageError 404, 403 */
export async function judging(
  deps: Dependencies,
  request: FastifyRequest,
  { open, known, notice, revised, errors, typed, reopening }: Said,
  { decided, following, previous }: Around,
): Promise<Judging> {
  const reading = open ? await readingOf(deps, request, open, known) : null
  const reasons = reading?.reasons ?? (await currentReasons(deps.db))
  const { id: me, grants } = memberOf(request)
  const has = (...roles: Role[]) => !!reading && hasRole(grants, roles, reading.comment.consultationId)
  const mayRule = has('moderator', 'approver')
  const barred = reading?.hearing.barred ?? null
  const outcome = decided && (await outcomeOf(deps, request, decided))
  return {
    judged: reading && (await judged(deps, reading)),
    claim: reading?.claim ? shownClaim(reading.claim, me) : null,
    due: reading?.due ? shownDue(reading.due, me) : null,
    mayDecide: mayRule && barred === null,
    barred,
    mayClaim: !reading || has('moderator'),
    mayUncover: mayRule,
    campaign: reading && (await shownCampaign(deps, reading.comment)),
    appeal: reading && shownAppeal(reading),
    votes: reading ? shownVotes(reading, me) : [],
    following,
    previous,
    reasons,
    query: queryOf({ ...placeOf(request) }),
    notice: notice ?? outcome?.notice ?? null,
    revised: revised ?? null,
    revocable: outcome?.revocable ?? null,
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

function shownAppeal({ hearing: { appeal } }: Reading): Judging['appeal'] {
  return appeal && { grounds: appeal.grounds, at: shanghaiMinute(appeal.createdAt) }
}

function shownVotes({ hearing: { votes }, reasons }: Reading, me: string): Judging['votes'] {
  return votes.map(({ staffId, by, createdAt, admission, publication, reason }) => ({
    by,
    at: shanghaiMinute(createdAt),
    outcome: nameOf(stateNames, stateAfter(admission, publication)),
    reason: reasons.find(({ code }) => code === reason)?.name ?? reason,
    mine: staffId === me,
  }))
}

function shownClaim({ staffId, by, until }: Claim, me: string): Judging['claim'] {
  return { mine: staffId === me, by, until: shanghaiMinute(until) }
}

/** What became of the comment from which the moderator comes, and whether that can be taken back. @throws PageError 403 */
async function outcomeOf(
  { db, seals }: Dependencies,
  request: FastifyRequest,
  { id, publicId, consultationId, state }: CommentToJudge,
): Promise<{ notice: Notice; revocable: string | null }> {
  const me = memberWith(request, consultationId, 'moderator', 'approver', 'auditor')
  const due = state === 'pending' ? await dueDecisionOn(db, seals, id) : null
  if (!due) return { notice: { text: `已决定：${nameOf(stateNames, state)}`, done: true }, revocable: null }
  const { outcome, at, mine } = shownDue(due, me.id)
  return {
    notice: { text: `已决定：${outcome}，${at} 生效`, done: true },
    revocable: mine ? publicId : null,
  }
}

/** Whether htmx asks for a piece of the page instead of the whole. */
export function isFragment({ headers }: FastifyRequest): boolean {
  return headers['hx-request'] === 'true'
}

/** Says nothing where nothing changes on the page. */
export function nothing(reply: FastifyReply): FastifyReply {
  return reply.code(204).send()
}
