/** When the public may read comments: a page, count, feed or file that shows one asks here first. */
export const publicationPolicies = {
  as_decided: '审核一条，公开一条',
  after_closing: '截止后统一公开',
  outcome_only: '不逐条公开，只在结果中归纳',
} as const
export type PublicationPolicy = keyof typeof publicationPolicies

/** Until when the public reads no comments: for good, where they are only summarised in the outcome. */
export type Hidden = Exclude<PublicationPolicy, 'as_decided'>

/** Which policy keeps published comments from being read now; null where they are. One that is not known shows none. */
export function hiddenBy(policy: string, closesAt: Date, now: Date): Hidden | null {
  if (policy === 'as_decided') return null
  if (policy !== 'after_closing') return 'outcome_only'
  return now > closesAt ? null : 'after_closing'
}

/** Whether published comments may be shown now. */
export function commentsAreShown(policy: string, closesAt: Date, now: Date): boolean {
  return hiddenBy(policy, closesAt, now) === null
}
