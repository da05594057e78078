/** 部门意见: how a unit that was asked in writing replied. */
export const replyNames = { no_reply: '未反馈', none: '无意见', opinion: '有意见' } as const
export type Reply = keyof typeof replyNames
