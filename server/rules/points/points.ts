/** What a passage of a comment is: something that is said, or nothing that asks for anything (未提具体意见). */
export const pointKindNames = { point: '具体意见', no_proposal: '未提具体意见' } as const
export type PointKind = keyof typeof pointKindNames

/** Why a passage asks for nothing. Agreement is never among them: 赞成 is an opinion. */
export const noProposalReasons = {
  courtesy: '问候、致谢等礼节用语',
  sender: '介绍提出人自己',
  lead_in: '引出下文或者小结的话',
  quotation: '照抄征求意见稿或者其他文件原文',
  repetition: '重复前文已经说过的意见',
  unrelated: '与本征求意见稿无关',
} as const

/** What the author is told of such a passage. */
export const noProposalAccount = '这部分没有提出具体修改意见，已阅'

/** A passage longer than this, or one that is all of a comment, needs a second person to say that it asks for nothing. */
export const longPassage = 200

/** 梳理: how far a comment has been parted into its points. */
export const splitStateNames = { waiting: '待梳理', single: '只有一条', split: '已拆分' } as const

/** What becomes of a comment: as of its points, or nothing where none of it asks for anything. */
export const noProposal = 'no_proposal'
