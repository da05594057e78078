/** The field's identifiers with the words that people read; each in the order in which they are listed. */
export const stanceNames = { support: '赞成', amend: '修改', oppose: '反对', question: '疑问' } as const
export const stateNames = {
  published: '公开',
  withheld: '不公开',
  refused: '不纳入',
  pending: '待审',
  withdrawn: '撤回',
} as const
/** What stands in the place of a comment's words, for staff and in their papers, once they are erased. */
export function wordsGone(state: string): string {
  return state === 'withdrawn' ? '（提出人已撤回，内容已删除）' : '（违法内容已封存）'
}
export const identityNames = {
  individual: '个人',
  enterprise: '企业',
  association: '社会组织',
  agency: '机关事业单位',
  expert: '专家学者',
} as const
export const proposalNames = { amend: '修改', delete: '删除', insert_after: '在其后增加' } as const
export const channelNames = {
  web: '网上',
  letter: '来信',
  phone: '电话',
  email: '电子邮件',
  meeting: '座谈会',
  in_person: '当面',
} as const
export const visibilityNames = { public: '可以公开', office: '仅供起草单位参考' } as const

/** The clause key under which comments on the draft as a whole stand. */
export const wholeDraft = 'draft'
export const wholeDraftName = '全文'

/** The word for an identifier; an identifier that has none stands for itself. */
export function nameOf(names: Readonly<Record<string, string>>, identifier: string): string {
  return Object.hasOwn(names, identifier) ? (names[identifier] ?? identifier) : identifier
}
