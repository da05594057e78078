/** When the public may read comments: a page, count, feed or file that shows one asks here first. */
export const publicationPolicies = {
  as_decided: '审核一条，公开一条',
  after_closing: '截止后统一公开',
  outcome_only: '不逐条公开，只在结果中归纳',
} as const
export type PublicationPolicy = keyof typeof publicationPolicies

export function isPublicationPolicy(value: string): value is PublicationPolicy {
  return Object.hasOwn(publicationPolicies, value)
}

/** Whether published comments may be shown now; a policy that is not known shows none. */
export function commentsAreShown(policy: string, closesAt: Date, now: Date): boolean {
  if (policy === 'as_decided') return true
  return policy === 'after_closing' && now > closesAt
}
