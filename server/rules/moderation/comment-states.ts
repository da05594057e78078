/** 纳入研究 or 不纳入研究. */
export const admissionNames = { admitted: '纳入研究', refused: '不纳入研究' } as const
export type Admission = keyof typeof admissionNames

/** 公开 or 不公开. */
export const publicationNames = { published: '公开', withheld: '不公开' } as const
export type Publication = keyof typeof publicationNames

/** The states of a comment. */
type CommentState = 'pending' | 'published' | 'withheld' | 'refused' | 'withdrawn'

/** Whether an admission and a publication go together: what is not studied is not shown either. */
export function areCompatible(admission: string, publication: string): boolean {
  return admission === 'admitted' || publication === 'withheld'
}

/** The state into which a decision puts a comment. */
export function stateAfter(admission: string, publication: string): 'published' | 'withheld' | 'refused' {
  if (admission === 'refused') return 'refused'
  return publication === 'published' ? 'published' : 'withheld'
}

/** The states into which decisions put comments. */
export const ruledStates = ['published', 'withheld', 'refused'] as const

/** A reason is owed wherever the public does not see the comment. */
export function needsReason(state: CommentState): state is 'withheld' | 'refused' {
  return state === 'withheld' || state === 'refused'
}
