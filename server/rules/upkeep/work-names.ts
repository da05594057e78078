/** What each kind of background work is called, in the order in which they take turns. */
export const workNames = {
  log_seals: '封存操作日志',
  log_head: '写出操作日志的链尾',
  digests: '为以前的内容存证',
  digest_seals: '封存存证',
  digest_head: '写出存证的链尾',
  leaves: '编入提交存证',
  tree_heads: '公布提交存证',
  examinations: '查找意见中的个人信息',
  staff_search: '编入工作人员的检索',
  campaigns: '归并同类意见',
  clause_words: '统计条款用词',
  themes: '学习主题',
  due_decisions: '审核决定到时生效',
  brief_renewal: '每天更新意见情况摘要',
  briefs: '生成意见情况摘要',
  bulks: '批量审核',
  bulk_reopenings: '整批重新审核',
  intake_letters: '批量录入来文',
  ended_lists: '结束批量录入',
  stale_lists: '清除未确认的批量录入',
  arrival_days: '统计每天收到的意见',
  attachments: '清理无主的附件文件',
  retentions: '到期删除个人信息',
  unlawful_records: '到期删除违法内容的记录',
  withdrawn_words: '删除以前撤回的意见的内容',
  erasures: '覆盖删除内容的残留',
} as const

/** A kind of background work. */
export type WorkName = keyof typeof workNames

export function isWorkName(value: string): value is WorkName {
  return Object.hasOwn(workNames, value)
}
