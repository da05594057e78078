/** What a label numbers, from the widest to the narrowest, as documents nest them (GB/T 9704; 立法技术规范). */
const labelKinds = [
  'part', // a title within the document, without a number
  'annex', // 附件1：
  'volume', // 第一编, 第一部分
  'subvolume', // 第一分编
  'chapter', // 第一章
  'section', // 第一节
  'article', // 第一条, 第十七条之一
  'han', // 一、
  'han-paren', // （一）
  'digit', // 1.
  'path-2', // 1.1
  'path-3', // 1.1.1
  'path-4', // 1.1.1.1
  'digit-paren', // （1）
  'digit-half', // 1）
  'circled', // ①
  'letter', // a.
] as const
export type LabelKind = (typeof labelKinds)[number]

/** How deep a kind of label usually stands: the wider the unit, the lower. */
export function naturalRank(kind: LabelKind): number {
  return labelKinds.indexOf(kind)
}
