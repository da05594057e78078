import {
  type UnitOpinion,
  type UnitOpinionItem,
  unitOpinionsOf,
} from '../../../db/queries/answers/unit-opinions.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { replyNames } from '../../rules/answers/unit-letter-form.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import type { Cell, Column, TablePaper } from '../formats/cells.ts'
import type { ClausePlace } from './clause-places.ts'
import type { PaperRequest } from './paper-request.ts'

const columns: Column[] = [
  { header: '序号', width: 6 },
  { header: '单位', width: 18 },
  { header: '文号', width: 20 },
  { header: '发函日期', width: 17 },
  { header: '反馈日期', width: 17 },
  { header: '反馈情况', width: 12 },
  { header: '条款', width: 12 },
  { header: '意见', width: 34 },
  { header: '采纳情况', width: 12 },
  { header: '理由', width: 24 },
  { header: '未协调一致的双方意见', width: 32 },
]

/**
 * 部门意见汇总表: each unit asked in writing with what it said of each clause, and where no agreement was reached both
 * positions (国务院令第713号 arts. 13 and 26).
 */
export async function unitsPaper({ db, consultation, places, now }: PaperRequest): Promise<TablePaper> {
  const units = await unitOpinionsOf(db, consultation.id)
  return {
    title: '部门意见汇总表',
    facts: [consultation.title, `截至 ${shanghaiMinute(now)}，${unitsText(units)}`],
    columns,
    rows: units.flatMap((unit, i) => rowsOf(unit, i + 1, places)),
  }
}

/** How many units were asked, and how they replied, in a sentence. */
export function unitsText(units: Pick<UnitOpinion, 'reply' | 'unresolved'>[]): string {
  const replies = Object.entries(replyNames).map(
    ([reply, name]) => `${name} ${units.filter((unit) => unit.reply === reply).length} 家`,
  )
  const unresolved = units.filter((unit) => unit.unresolved).length
  return `书面征求 ${units.length} 家单位的意见：${replies.join('，')}；未协调一致 ${unresolved} 家。`
}

function rowsOf(
  unit: UnitOpinion & { items: UnitOpinionItem[] },
  number: number,
  places: ReadonlyMap<string, ClausePlace>,
): Cell[][] {
  const { letterNumber, sentOn, repliedOn, reply } = unit
  const letter: Cell[] = [number, unit.unit, letterNumber, sentOn, repliedOn, nameOf(replyNames, reply)]
  const items = unit.items.length > 0 ? unit.items : [null]
  return items.map((item, i) => [
    ...letter,
    item ? (places.get(item.clause)?.citation ?? item.clause) : null,
    item?.body ?? (unit.unresolved ? null : unit.unitPosition),
    item?.outcome ? nameOf(outcomeNames, item.outcome) : null,
    item?.reason ?? null,
    unit.unresolved && i === 0 ? positions(unit) : null,
  ])
}

function positions({ unitPosition, officePosition }: UnitOpinion): string {
  return `对方：${unitPosition ?? '未写明'}\n我方：${officePosition ?? '未写明'}`
}
