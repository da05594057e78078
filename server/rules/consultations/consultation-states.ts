/** Where a consultation stands, with the words that people read; `draft` is seen by staff only. */
export const consultationStateNames = {
  draft: '未公布',
  upcoming: '未开始',
  open: '征集中',
  closed: '已截止',
  concluded: '结果已公布',
  suspended: '已中止',
} as const
export type ConsultationState = keyof typeof consultationStateNames

/** What the state of a consultation follows from. `closesAt` is the last millisecond of the closing day. */
export interface Timed {
  publishedAt: Date | null
  opensAt: Date
  closesAt: Date
  suspendedAt: Date | null
  outcomeAt: Date | null
}

/** The state at a moment: what staff have done, else what the clock says. Comments are taken only while it is `open`. */
export function consultationState(consultation: Timed, now: Date): ConsultationState {
  const { publishedAt, suspendedAt, outcomeAt, opensAt, closesAt } = consultation
  if (!publishedAt || publishedAt > now) return 'draft'
  if (outcomeAt) return 'concluded'
  if (suspendedAt) return 'suspended'
  if (now < opensAt) return 'upcoming'
  return now <= closesAt ? 'open' : 'closed'
}

/** Until when the state stays what it is, unless staff change it: the first millisecond that is no longer so; null for ever. */
export function standsUntil({ publishedAt, opensAt, closesAt }: Timed, now: Date): number | null {
  const changes = [publishedAt?.getTime() ?? 0, opensAt.getTime(), closesAt.getTime() + 1]
  const ahead = changes.filter((change) => change > now.getTime())
  return ahead.length > 0 ? Math.min(...ahead) : null
}
