import { typedText } from '../typed.ts'
import { isRelation, type Relation } from './clause-relations.ts'

/** A mapping as a person wants it, or a sentence that says why it cannot be so. */
export type ReadMapping =
  | { relation: Relation; from: string[]; problem: null }
  | { relation: null; from: null; problem: string }

/**
 * Reads how a clause came out of the round before: its `relation`, and in `from` the keys, parted by blanks or marks.
 * @param known the text of each clause of the round before, by its key
 * @param text the clause's own text
 */
export function readMapping(form: unknown, known: ReadonlyMap<string, string>, text: string): ReadMapping {
  const relation = typedText(form, 'relation')
  const from = typedText(form, 'from')
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
  const problem = isRelation(relation) ? problemOf(relation, from, known, text) : '请选择这一条与上一稿的关系'
  return problem === null && isRelation(relation)
    ? { relation, from: [...new Set(from)], problem }
    : { relation: null, from: null, problem: problem ?? '请选择这一条与上一稿的关系' }
}

function problemOf(
  relation: Relation,
  from: string[],
  known: ReadonlyMap<string, string>,
  text: string,
): string | null {
  const unknown = from.find((key) => !known.has(key))
  if (unknown !== undefined) return `上一稿没有编号 ${unknown.slice(0, 20)} 的条款`
  const count = new Set(from).size
  if (relation === 'new') return count === 0 ? null : '新增的条款不填来源；有来源的请改选其他关系'
  if (relation === 'merged') return count >= 2 ? null : '合并而来的，请填写两个或以上的来源编号'
  if (count !== 1) return '请填写一个来源编号，例如 p7'
  const [key = ''] = from
  return relation === 'unchanged' && known.get(key) !== text ? '文字与上一稿不同，请选“有修改”' : null
}
