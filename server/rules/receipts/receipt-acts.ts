/** What the holder of a receipt may still do with one comment. */
export interface ReceiptActs {
  /** 撤回: any time before the outcome is published. */
  withdraw: boolean
  /** 修改: while it waits for its first decision and comments are still being taken. */
  revise: boolean
  /** 申请复核: of a refusal or a withholding, once, before the outcome is published. */
  appeal: boolean
}

interface ActingOn {
  state: string
  review: number
  /** Whether the author asked that it be for the office alone: not showing it is then what was wanted. */
  officeOnly: boolean
  appealed: boolean
  consultation: string
}

export function receiptActs({ state, review, officeOnly, appealed, consultation }: ActingOn): ReceiptActs {
  const isOver = consultation === 'concluded'
  const isDenied = state === 'refused' || (state === 'withheld' && !officeOnly)
  return {
    withdraw: !isOver && state !== 'withdrawn',
    revise: consultation === 'open' && state === 'pending' && review === 1,
    appeal: !isOver && isDenied && !appealed,
  }
}
