import type { EndorsementStatus } from '../../../db/queries/comments/endorsements.ts'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { consultationState } from '../../rules/consultations/consultation-states.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { Frame } from '../frame.ts'
import { nameIn, publicScope } from '../scope.ts'

export interface EndorsementStatusPage {
  frame: Frame
  title: string
  /** What has just been done; null where the page was only looked up. */
  done: string | null
  code: string
  number: string
  receivedAt: string
  consultation: { slug: string; title: string }
  state: 'standing' | 'withdrawn' | 'unseen'
  /** What was endorsed, as the public sees it; null where the public does not. */
  comment: { id: string; clauseName: string; body: string } | null
  mayWithdraw: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/comments/endorsement-status': EndorsementStatusPage
  }
}

/** The page that the code of an endorsement opens. */
export async function endorsementPage(
  deps: Dependencies,
  status: EndorsementStatus,
  code: string,
  frame: Frame,
  done: string | null = null,
): Promise<EndorsementStatusPage> {
  const { consultation, publicId: id } = status
  const scope = await publicScope(deps, consultation.slug)
  const { comments } = await publishedComments(deps, consultation, { id }, deps.now(), 1)
  const [seen] = comments
  return {
    frame,
    title: frame.t.endorsement.status,
    done,
    code,
    number: status.number,
    receivedAt: shanghaiMinute(status.createdAt),
    consultation: { slug: consultation.slug, title: scope.round.title },
    state: status.withdrawnAt ? 'withdrawn' : seen ? 'standing' : 'unseen',
    comment: seen
      ? { id, clauseName: nameIn(scope, seen.clause, frame.t.clause.wholeDraft), body: seen.body }
      : null,
    mayWithdraw: mayWithdraw(status, deps.now()),
  }
}

/** An endorsement, like a comment, may be taken back until the outcome is published. */
export function mayWithdraw({ withdrawnAt, consultation }: EndorsementStatus, now: Date): boolean {
  return !withdrawnAt && consultationState(consultation, now) !== 'concluded'
}
