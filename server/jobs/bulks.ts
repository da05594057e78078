import { Refused } from '../../db/open.ts'
import { advanceBulk, type Bulk, runningBulk } from '../../db/queries/moderation/bulks.ts'
import { claimOn } from '../../db/queries/moderation/claims.ts'
import { commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { appealHeard } from '../../db/queries/moderation/reviews.ts'
import { agreementOf, votesOn } from '../../db/queries/moderation/votes.ts'
import { findMember, type Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { standing } from '../rules/moderation/agreement.ts'
import type { Skipped } from '../rules/moderation/bulks.ts'
import { unhandledCount } from '../rules/moderation/redactions.ts'
import { hasRole } from '../rules/staff/roles.ts'

const step = 50
/** So many are decided at once, which the database commits together. */
const together = 5

/**
 * Goes on with the bulk that has been running longest, by one step; one that is stopped ends after its step.
 * @returns whether there was one
 */
export async function runBulks(deps: Dependencies): Promise<boolean> {
  const bulk = await runningBulk(deps.db)
  if (bulk) await runStep(deps, bulk)
  return bulk !== null
}

async function runStep(deps: Dependencies, bulk: Bulk): Promise<void> {
  const ids = bulk.comments.slice(bulk.position, bulk.position + step)
  const skipped = [...bulk.skipped]
  const member = await findMember(deps.db, bulk.staffId)
  let { decided } = bulk
  for (let done = 0; done < ids.length; done += together) {
    const some = ids.slice(done, done + together)
    const outcomes = await Promise.all(some.map((id) => decideOne(deps, bulk, member, id)))
    for (const [place, why] of outcomes.entries()) {
      if (why) skipped.push({ id: some[place] ?? '', why })
      else decided += 1
    }
  }
  const position = bulk.position + ids.length
  const isDone = position >= bulk.comments.length
  await advanceBulk(deps.db, { id: bulk.id, position, decided, skipped }, isDone, deps.now())
}

/** @returns why the comment is left as it is; null where it was decided */
async function decideOne(
  { db, seals, now }: Dependencies,
  { ruling, staffId }: Bulk,
  member: Member | null,
  id: string,
): Promise<Skipped['why'] | null> {
  const comment = await commentToJudge(db, id)
  if (!comment || comment.state === 'withdrawn') return 'gone'
  if (comment.state !== 'pending') return 'decided'
  if (!member || !hasRole(member.grants, ['moderator'], comment.consultationId)) return 'no_role'
  if (await appealHeard(db, comment)) return 'appealed'
  const seen = await examinationOf(db, comment)
  if (ruling.publication === 'published') {
    if (comment.visibility === 'office') return 'office_only'
    if (unhandledCount(seen.spans) > 0) return 'personal_data'
  }
  const mine = { ...ruling, version: comment.version, staffId }
  const others = (await votesOn(db, comment)).filter((vote) => vote.staffId !== staffId)
  const follows = standing(await agreementOf(db, comment.consultationId), mine, others)
  if (!follows.decided) return 'agreement'
  const { staffId: first, agreedBy } = follows
  try {
    const agreed = { ...follows.ruling, version: comment.version }
    await decide(db, seals, comment, agreed, seen, { staffId: first, agreedBy }, now())
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return (await claimOn(db, id, now())) ? 'claimed' : 'decided'
  }
}
