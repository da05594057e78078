/** 重大行政决策的法定程序 (国务院令第713号, chapters 2 and 3), from the draft to its publication. */
export const procedureStepNames: readonly string[] = [
  '决策启动',
  '公众参与',
  '专家论证',
  '风险评估',
  '部门意见',
  '合法性审查',
  '集体讨论决定',
  '公布',
]
