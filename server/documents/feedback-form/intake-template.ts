import type { Readable } from 'node:stream'
import { type IntakeColumn, intakeColumns, requiredColumns } from '../../rules/intakes/intake-columns.ts'
import { offlineChannelNames } from '../../rules/intakes/intake-form.ts'
import { identityNames, proposalNames, stanceNames, visibilityNames } from '../../rules/names.ts'
import type { Cell } from '../formats/cells.ts'
import { writeXlsx } from '../formats/xlsx.ts'

const widths: Partial<Record<IntakeColumn, number>> = { body: 50, wording: 40, clause: 24, reference: 20 }

/** What may stand in a column, for whoever fills it in. */
const advice: Record<IntakeColumn, string> = {
  reference: '同一文号的几行合为一份来文、一张回执；没有文号的，每行是一份',
  channel: Object.values(offlineChannelNames).join('、'),
  receivedOn: '收到或者邮戳的日期，如 2026-11-23；截止之后的记为逾期',
  onBehalf: '本人在场、由工作人员代填的填“是”',
  clause: '条款代码、序号或者名称，见“条款”表；对全文的意见填“全文”',
  stance: Object.values(stanceNames).join('、'),
  body: '5 至 5000 个字',
  quote: '照条款原文抄一句或者几个字',
  proposal: `${Object.values(proposalNames).join('、')}；有修改后的表述、没有填方式的，按“修改”`,
  wording: '建议改成的文字',
  identity: `${Object.values(identityNames).join('、')}；不填为“个人”`,
  name: '公开时只显示姓',
  organisation: '身份不是个人、专家的要填',
  contact: '不公开',
  region: '与网上表单里的地区名称相同',
  visibility: `${Object.values(visibilityNames).join('、')}；不填为“可以公开”`,
}

/** The blank table for entering many offline comments at once, with what may stand in each column and the clauses. */
export function writeIntakeTemplate(clauses: { key: string; name: string }[]): Readable {
  const columns = Object.keys(intakeColumns) as IntakeColumn[]
  return writeXlsx([
    {
      name: '意见',
      columns: columns.map((column) => ({ header: nameOf(column), width: widths[column] ?? 12 })),
      rows: [],
      frozenColumns: 0,
    },
    {
      name: '填写说明',
      columns: [
        { header: '列', width: 16 },
        { header: '是否必填', width: 10 },
        { header: '怎么填', width: 80 },
      ],
      rows: columns.map((column): Cell[] => [
        nameOf(column),
        requiredColumns.includes(column) ? '必填' : '选填',
        advice[column],
      ]),
      frozenColumns: 1,
    },
    {
      name: '条款',
      columns: [
        { header: '条款代码', width: 10 },
        { header: '条款', width: 60 },
      ],
      rows: clauses.map(({ key, name }): Cell[] => [key, name]),
      frozenColumns: 1,
    },
  ])
}

function nameOf(column: IntakeColumn): string {
  return intakeColumns[column][0]
}
