import { expect, test } from 'vitest'
import { outlineOf } from '../../../server/public/drafts/outline.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { nameClauses } from '../../../server/text/words/clause-names.ts'

const outline = (source: string) => {
  const units = readDraft(source).units.map((unit, place) => ({ ...unit, place }))
  const names = nameClauses(units)
  return outlineOf(
    units.map(({ kind, key, citation, text, place }) => ({
      id: key ?? `h${place}`,
      kind,
      citation,
      outlineName: key === null ? text : (names.get(key)?.inOutline ?? ''),
      count: key === null ? 0 : 1,
    })),
  ).map(({ id, name, count }) => `${id} ${name} ${count}`)
}

test('an article stands in the outline once, with the comments on all its paragraphs and items', () => {
  const statute = [
    '某市公园条例（草案）',
    '第一章　总则',
    '第一条　为了保护公园，制定本条例。',
    '第二条　本条例适用于下列公园：',
    '（一）综合公园；',
    '（二）社区公园。',
    '前款所称公园由市政府公布。',
    '第二条之一　村庄公园参照执行。',
    '第二章　附则',
    '第三条　本条例自公布之日起施行。',
  ]
  expect(outline(statute.join('\n'))).toEqual([
    'h0 总则 0',
    'p1 第一条 1',
    'p2 第二条 4',
    'p6 第二条之一 1',
    'h7 附则 0',
    'p7 第三条 1',
  ])
})

test('the clauses of a policy document each stand for themselves', () => {
  const policy =
    '关于养老的意见\n引子。\n一、总体要求\n坚持方便可及。\n（一）建设服务设施。每个社区一处。\n（二）培养人员。支持院校。'
  expect(outline(policy)).toEqual([
    'p1 引言 1',
    'h1 总体要求 0',
    'p2 正文 1',
    'p3 （一）建设服务设施 1',
    'p4 （二）培养人员 1',
  ])
})
