import type { PointAccount } from '../../../db/queries/answers/answers.ts'
import type { ReceiptComment, ReceiptStatus } from '../../../db/queries/receipts/receipts.ts'
import { currentReasons } from '../../../db/queries/settings.ts'
import { attachmentsOf } from '../../../db/queries/submissions/attachments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type Corrected, correctedOn } from '../../rules/answers/correction-note.ts'
import { consultationState } from '../../rules/consultations/consultation-states.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { type Reason, reasonSentence } from '../../rules/moderation/reasons.ts'
import { type ReceiptActs, receiptActs } from '../../rules/receipts/receipt-acts.ts'
import { type ShownAttachment, shownAttachment } from '../../rules/submissions/attachments.ts'
import type { Frame } from '../frame.ts'
import { nameIn, publicScope, type Scope } from '../scope.ts'
import { coveredAt } from './shown-proof.ts'

interface StatusOfPoint extends Omit<PointAccount, 'clause' | 'changed'> {
  clauseName: string
  number: number | null
  corrected: Corrected | null
  /** Where its author can see what it changed, once that is out; null before, or where it changed nothing. */
  changed: string | null
}

interface StatusOfComment {
  id: string
  clauseName: string
  stance: string
  /** The words that it is about; null where it is about the whole clause. */
  quote: string | null
  body: string
  proposal: string | null
  wording: string | null
  state: string
  reason: string | null
  appeal: { outcome: string | null; answer: string | null } | null
  answer: { outcome: string; reason: string } | null
  /** What the office has made out in it, in the order of the text; none where it is one point. */
  points: StatusOfPoint[]
  /** On what day the answer was last corrected, and why; null where it was not. */
  corrected: Corrected | null
  /** Where its author can see what it changed, once that is out; null before, or where it changed nothing. */
  changed: string | null
  acts: ReceiptActs
}

interface StatusPage {
  frame: Frame
  title: string
  /** What has just been done; null where the page was only looked up. */
  done: string | null
  code: string
  /** The other receipt of what was sent in two parts, shown below; null where none was asked for. */
  other: StatusPage | null
  number: string
  receivedAt: string
  consultation: { slug: string; title: string }
  comments: StatusOfComment[]
  /** The files that came with them. */
  attachments: ShownAttachment[]
  /** When the newest head was signed in which it is; null where it is in none yet. */
  coveredAt: string | null
  /** Whether the full name is shown and can be masked again. */
  showsName: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/receipts/receipt-status': StatusPage
  }
}

/** What the receipts of one consultation are shown with. */
interface ReadOnce {
  scope: Scope
  reasons: readonly Reason[]
}

async function readOnce(deps: Dependencies, { consultation }: ReceiptStatus): Promise<ReadOnce> {
  return { scope: await publicScope(deps, consultation.slug), reasons: await currentReasons(deps.db) }
}

/** A receipt with the other of what was sent in two parts to the same consultation; one of another is not shown. */
export async function bothPages(
  deps: Dependencies,
  [status, code]: [ReceiptStatus, string],
  [other, otherCode]: [ReceiptStatus, string],
  frame: Frame,
): Promise<StatusPage> {
  const read = readOnce(deps, status)
  const page = await statusPage(deps, status, code, frame, null, read)
  if (other.consultation.id !== status.consultation.id) return page
  return { ...page, other: await statusPage(deps, other, otherCode, frame, null, read) }
}

/** The page that a code opens. */
export async function statusPage(
  deps: Dependencies,
  status: ReceiptStatus,
  code: string,
  frame: Frame,
  done: string | null = null,
  read: Promise<ReadOnce> = readOnce(deps, status),
): Promise<StatusPage> {
  const { scope, reasons } = await read
  const files = await attachmentsOf(deps.db, deps.seals, [status.submissionId])
  return {
    frame,
    title: frame.t.receipt.status,
    done,
    code,
    other: null,
    number: status.number,
    receivedAt: shanghaiMinute(status.createdAt),
    consultation: { slug: status.consultation.slug, title: scope.round.title },
    comments: status.comments.map((comment) => statusOf(comment, status, scope, frame, reasons, deps.now())),
    attachments: (files.get(status.submissionId) ?? []).map(shownAttachment),
    coveredAt: await coveredAt(deps, status),
    showsName: status.showName,
  }
}

function statusOf(
  comment: ReceiptComment,
  status: ReceiptStatus,
  scope: Scope,
  frame: Frame,
  reasons: readonly Reason[],
  now: Date,
): StatusOfComment {
  const { publicId: id, stance, quote, body, proposal, wording, state, reason, appeal, answer } = comment
  return {
    id,
    clauseName: nameIn(scope, comment.clause, frame.t.clause.wholeDraft),
    stance,
    quote: quote?.exact ?? null,
    body,
    proposal,
    wording,
    state,
    reason: reason && reasonSentence(reason, reasons),
    appeal,
    answer,
    points: numbered(comment.points).map(({ clause, ...point }) => ({
      ...point,
      clauseName: nameIn(scope, clause, frame.t.clause.wholeDraft),
      corrected: point.answer && correctedOn(point.answer),
      changed: changedAt(point.changed, scope),
    })),
    corrected: answer && correctedOn(answer),
    changed: changedAt(answer?.changed ?? null, scope),
    acts: actsFor(comment, status, now),
  }
}

/** Points are numbered as they stand in the text; passages that ask for nothing are not. */
function numbered(points: PointAccount[]) {
  let number = 0
  return points.map((point) => ({ ...point, number: point.kind === 'point' ? ++number : null }))
}

/** The row of the comparison in which the clause's new words stand. */
function changedAt(changed: PointAccount['changed'], { round, consultation }: Scope): string | null {
  if (!changed || changed.round >= round.number) return null
  const { round: before, clause } = changed
  return `/consultations/${consultation.slug}/rounds/${before}/compare/${before + 1}#${clause}`
}

/** What the holder may do with a comment now. */
export function actsFor(comment: ReceiptComment, status: ReceiptStatus, now: Date): ReceiptActs {
  return receiptActs({
    state: comment.state,
    review: comment.review,
    officeOnly: status.visibility === 'office',
    appealed: comment.appeal !== null,
    consultation: consultationState(status.consultation, now),
  })
}
