import { choice, parted, partedWords, unjudged } from '../fields.ts'
import { form } from '../form.ts'
import { isRelation, type Relation, relationNames } from './clause-relations.ts'

/**
 * How a clause came out of the round before: its `relation`, and in `from` the keys of those that it carries on.
 * @param known the text of each clause of the round before, by its key
 * @param text the clause's own text
 */
export const mappingForm = (known: ReadonlyMap<string, string>, text: string) =>
  form(
    {
      relation: choice(relationNames, '请选择这一条与上一稿的关系'),
      from: parted(unjudged(), ' '),
    },
    ({ relation, from }) => [
      ['from', isRelation(relation) ? sourcesProblem(relation, partedWords(from), known, text) : null],
    ],
  )

function sourcesProblem(
  relation: Relation,
  from: string[],
  known: ReadonlyMap<string, string>,
  text: string,
): string | null {
  const unknown = from.find((key) => !known.has(key))
  if (unknown !== undefined) return `上一稿没有编号 ${unknown.slice(0, 20)} 的条款`
  if (relation === 'new') return from.length === 0 ? null : '新增的条款不填来源；有来源的请改选其他关系'
  if (relation === 'merged') return from.length >= 2 ? null : '合并而来的，请填写两个或以上的来源编号'
  if (from.length !== 1) return '请填写一个来源编号，例如 p7'
  const [key = ''] = from
  return relation === 'unchanged' && known.get(key) !== text ? '文字与上一稿不同，请选“有修改”' : null
}
