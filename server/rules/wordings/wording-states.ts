/** 修改稿的状态: a wording counts once a second person has approved it. */
export const wordingStateNames = { proposed: '等待批准', returned: '已退回', approved: '已批准' } as const

export type WordingState = keyof typeof wordingStateNames

/** The state of a wording that is not approved. */
export function waitingState({ returnNote }: { returnNote: string | null }): WordingState {
  return returnNote === null ? 'proposed' : 'returned'
}
