import { canonical } from '../log/log-chain.ts'

/** What digests are kept of, with what each is called. */
export const factNames = {
  comments: '意见',
  senders: '提交人',
  submissions: '提交',
  attachments: '附件',
  decisions: '审核决定',
  decision_notes: '审核决定的备注',
  votes: '审核表决',
  vote_notes: '审核表决的备注',
  reopenings: '重新审核',
  reopening_reasons: '重新审核的理由',
  appeals: '复核申请',
  appeal_grounds: '复核申请的理由',
  hearings: '复核结果',
  hearing_answers: '复核的答复',
  endorsements: '附议',
  answers: '采纳情况的内容',
  answer_states: '采纳情况的批准',
  answer_corrections: '采纳情况的更正',
  staff_roles: '工作人员的角色',
  department_replies: '责任单位确认的答复意见',
  procedure_files: '程序台账的文件',
  explanations: '起草说明的文件',
  log: '操作日志的记录',
  taken_up: '以前的内容的存证',
} as const

export type FactKind = keyof typeof factNames

/** Something that was stored, and must be found if it is changed. */
export interface Fact {
  kind: FactKind
  /** The key of its row. */
  row: string
  version: number
  /** null: the row was taken away. */
  content: readonly unknown[] | null
  /** What is covered by a digest of its own, which this one covers. */
  parts: readonly Fact[]
}

/** What a digest is made over besides its key. */
export interface Covered extends Omit<Fact, 'parts'> {
  parts: readonly string[]
  takenUp: boolean
  at: Date
}

/** The characters over which a digest is made: the same for the same, whichever engine gave it back. */
export function factText({ kind, row, version, takenUp, at, content, parts }: Covered): string {
  return canonical([kind, row, version, takenUp, at, content, [...parts].sort()])
}
