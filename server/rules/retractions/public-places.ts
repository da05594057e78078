/** Why something is taken out of the public. */
export const retractionCauses = {
  personal: '涉及个人信息',
  secret: '涉及国家秘密或者商业秘密',
  unlawful: '含有法律法规禁止发布的内容',
  mistake: '其他误公开的内容',
} as const
export type RetractionCause = keyof typeof retractionCauses

const withComments = [
  '/comments',
  '/comments.csv',
  '/comments.json',
  '/comments.jsonld',
  '/feed.atom',
  '/annotated',
]
const withEveryComment = [
  '/comments/:id',
  '/comments/:id/privacy-reports/new',
  '/clauses/:clause',
  ...withComments,
  '/outcome',
  '/concerns/*',
]

/**
 * Where words can stand that the public reads: what such a text is called, and the pages and files that hold it, by what
 * follows the consultation's address. A `*` at the end stands for whatever follows.
 */
export const publicPlaces = {
  comment: { name: '意见', pages: withEveryComment },
  author: { name: '意见的署名', pages: withEveryComment },
  quote: { name: '意见引用的原文', pages: ['/comments*', '/clauses/*', '/annotated'] },
  answer: { name: '答复', pages: ['/outcome', '/comments/*', '/clauses/*'] },
  concern: { name: '归并意见', pages: ['/outcome', '/concerns/*', '/comments/*', '/rounds/*'] },
  answer_correction: { name: '采纳情况的更正', pages: ['/outcome', '/comments/*', '/clauses/*'] },
  row: { name: '意见采纳情况表', pages: ['/outcome'] },
  edition: { name: '公开征求意见情况说明', pages: ['/outcome'] },
  draft_report: { name: '正在起草的情况说明（还没有公布）', pages: [] },
  template: { name: '理由模板（本身不公开）', pages: [] },
  department_reply: { name: '责任单位的答复意见和来文（内部）', pages: [] },
  cosignature: { name: '会签意见（内部）', pages: [] },
  procedure: { name: '程序台账、送审材料和审查意见（内部）', pages: [] },
  facts: { name: '标题和单位', pages: ['*'] },
  notice: { name: '征求意见公告', pages: ['/notice'] },
  explanation: { name: '起草说明', pages: ['', '/explanation'] },
  explanation_file: { name: '起草说明附件', pages: ['/explanation'] },
  announcement: { name: '期限和联系方式的说明', pages: ['', '/notice'] },
  extension: { name: '延期说明', pages: ['', '/notice'] },
  correction: { name: '更正', pages: ['', '/notice', '/clauses/*'] },
  change_reason: { name: '修改说明', pages: ['/rounds/*'] },
  wording: { name: '修改后的表述（内部）', pages: [] },
  version: { name: '以前的版本（内部）', pages: [] },
  round: { name: '征求意见稿的标题和文本', pages: ['*'] },
  unit: { name: '征求意见稿的条款', pages: ['*'] },
} as const satisfies Record<string, { name: string; pages: readonly string[] }>
export type PublicPlace = keyof typeof publicPlaces

export function isPublicPlace(value: string): value is PublicPlace {
  return Object.hasOwn(publicPlaces, value)
}

/** The pages and files on which a text of this kind stands. @param of the comment that it is, where it is one */
export function pagesOf(place: PublicPlace, of: { id: string; clause: string } | null = null): string[] {
  return publicPlaces[place].pages.map((page) =>
    page.replace(':id', of?.id ?? '*').replace(':clause', of?.clause ?? '*'),
  )
}

/** What such a page or file is called. */
const pageNames: readonly [RegExp, string][] = [
  [/^$/, '征求意见稿'],
  [/^\*$/, '这次征求意见的全部页面和文件'],
  [/^\/comments\/[^/]+\/privacy-reports\/new$/, '反映这条意见的页面'],
  [/^\/comments\/./, '这条意见自己的页面'],
  [/^\/comments$/, '意见列表和搜索'],
  [/^\/comments\*$/, '意见的各个页面和文件'],
  [/^\/comments\.csv$/, '意见文件 CSV'],
  [/^\/comments\.json$/, '意见文件 JSON'],
  [/^\/comments\.jsonld$/, '意见文件 JSON-LD'],
  [/^\/clauses\//, '条款页面'],
  [/^\/feed\.atom$/, '订阅（Atom）'],
  [/^\/annotated$/, '附意见的打印稿'],
  [/^\/outcome$/, '结果公布'],
  [/^\/concerns\//, '归并意见的页面'],
  [/^\/notice$/, '公告'],
  [/^\/explanation$/, '起草说明附件'],
  [/^\/rounds\//, '两稿对照和修改对照表'],
]

export function pageName(page: string): string {
  return pageNames.find(([shape]) => shape.test(page))?.[1] ?? page
}
