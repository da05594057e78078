/** 采纳情况: what became of a comment. */
export const outcomeNames = {
  adopted: '采纳',
  partly_adopted: '部分采纳',
  not_adopted: '未采纳',
  explained: '已作说明',
} as const

export type Outcome = keyof typeof outcomeNames

/** The same of a whole comment, none of which may ask for anything. */
export const accountNames = { ...outcomeNames, no_proposal: '未提具体意见' } as const

/** 起草、送审、批准: an answer counts once a second person has approved it. */
export const responseStateNames = { draft: '起草中', submitted: '待批准', approved: '已批准' } as const

/** Comments in these states were admitted, so the office owes them an answer (国务院令第713号 art. 29). */
export const admittedStates = ['published', 'withheld'] as const
