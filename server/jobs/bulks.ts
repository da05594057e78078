import { advanceBulk, type Bulk, runningBulk, runningBulks } from '../../db/queries/moderation/bulks.ts'
import { claimOn } from '../../db/queries/moderation/claims.ts'
import { keptCommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { dueDecisionOn } from '../../db/queries/moderation/kept-decisions.ts'
import { appealHeard } from '../../db/queries/moderation/reviews.ts'
import { rule } from '../../db/queries/moderation/rulings.ts'
import { agreementOf, votesOn } from '../../db/queries/moderation/votes.ts'
import { findMember, type Member } from '../../db/queries/staff/staff.ts'
import { ifRefused } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { agreementFor, consequence } from '../rules/moderation/agreement.ts'
import type { Skipped } from '../rules/moderation/bulks.ts'
import { needsSecondLook, showsSensitive, unhandledCount } from '../rules/moderation/redactions.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { LeaseLost } from './lease.ts'
import { BadPart, type KindOfWork } from './work.ts'

const step = 50
/** So many are decided at once, which the database commits together. */
const together = 5

/** Goes on with bulks, by a step at a time; one that is stopped ends after its step. */
export const bulkDeciding: KindOfWork = {
  name: 'bulks',
  batch: 1,
  waiting: ({ db }, most) => runningBulks(db, most),
  async work(deps, ids) {
    for (const id of ids) {
      const bulk = await runningBulk(deps.db, id)
      if (bulk) await runStep(deps, bulk)
    }
  },
}

/** @throws BadPart where only comments are left that cannot be decided: those were put behind the others */
async function runStep(deps: Dependencies, bulk: Bulk): Promise<void> {
  const ids = bulk.comments.slice(bulk.position, bulk.position + step)
  const member = await findMember(deps.db, bulk.staffId)
  const failed: BadPart[] = []
  const skipped = [...bulk.skipped]
  let { decided, dueAt } = bulk
  for (let done = 0; done < ids.length; done += together) {
    const some = ids.slice(done, done + together)
    const outcomes = await Promise.all(some.map((id) => outcomeOf(deps, bulk, member, id)))
    for (const [place, outcome] of outcomes.entries()) {
      if (outcome instanceof Date) dueAt = outcome
      if (outcome instanceof BadPart) failed.push(outcome)
      else if (typeof outcome === 'string') skipped.push({ id: some[place] ?? '', why: outcome })
      else decided += 1
    }
  }
  const position = bulk.position + ids.length - failed.length
  const isDone = position >= bulk.comments.length
  const order = failed.length > 0 ? { comments: withLast(bulk.comments, failed) } : {}
  await advanceBulk(deps.db, bulk, { position, decided, skipped, dueAt, ...order }, isDone, deps.now())
  if (failed[0] && failed.length === ids.length) throw failed[0]
}

function withLast(comments: readonly string[], failed: readonly BadPart[]): string[] {
  const last = new Set(failed.map(({ part }) => part))
  return [...comments.filter((id) => !last.has(id)), ...last]
}

/** What becomes of one comment, whatever becomes of those that are decided beside it. @throws LeaseLost */
async function outcomeOf(
  deps: Dependencies,
  bulk: Bulk,
  member: Member | null,
  id: string,
): Promise<Skipped['why'] | Date | BadPart | null> {
  try {
    return await decideOne(deps, bulk, member, id)
  } catch (error) {
    if (error instanceof LeaseLost) throw error
    return new BadPart(id, error)
  }
}

/** @returns why the comment is left as it is; where it was decided, when that takes effect, or null where it has */
async function decideOne(
  deps: Dependencies,
  { id: bulkId, ruling, staffId }: Bulk,
  member: Member | null,
  id: string,
): Promise<Skipped['why'] | Date | null> {
  const { db, seals, now } = deps
  const comment = await keptCommentToJudge(db, id)
  if (!comment || comment.state === 'withdrawn') return 'gone'
  if (comment.state !== 'pending') return 'decided'
  if (!member || !hasRole(member.grants, ['moderator'], comment.consultationId)) return 'no_role'
  if (await appealHeard(db, comment)) return 'appealed'
  const seen = await examinationOf(db, seals, comment)
  if (ruling.publication === 'published') {
    if (comment.visibility === 'office') return 'office_only'
    if (unhandledCount(seen.spans) > 0) return 'personal_data'
    if (showsSensitive(seen.spans)) return 'sensitive'
  }
  const mine = { ...ruling, version: comment.version, staffId }
  const others = (await votesOn(db, comment)).filter((vote) => vote.staffId !== staffId)
  const follows = consequence(
    agreementFor(await agreementOf(db, comment.consultationId), mine, needsSecondLook(seen.spans)),
    mine,
    others,
  )
  if (!follows.decided) return 'agreement'
  const { staffId: first, agreedBy } = follows
  const agreed = { ...follows.ruling, version: comment.version }
  const deciders = { staffId: first, agreedBy, bulkId }
  return rule(db, seals, comment, agreed, seen, deciders, now()).catch(
    ifRefused('stale', () => whoWasFirst(deps, bulkId, id)),
  )
}

/** Whoever decided or has claimed it; where it was this bulk, in a step of which nothing was noted, when that takes effect. */
async function whoWasFirst({ db, seals, now }: Dependencies, bulkId: string, id: string) {
  const due = await dueDecisionOn(db, seals, id)
  if (due?.bulkId === bulkId) return due.dueAt
  return due || !(await claimOn(db, id, now())) ? 'decided' : 'claimed'
}
