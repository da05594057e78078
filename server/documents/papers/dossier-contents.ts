import { buffer } from 'node:stream/consumers'
import type { ProcedureStep } from '../../../db/queries/outcomes/procedure-steps.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { procedureStepNames } from '../../rules/outcomes/procedure-steps.ts'
import type { Cell } from '../formats/cells.ts'
import { writeWordTable } from '../formats/word-table.ts'
import type { Packed } from '../formats/zip-of-files.ts'
import type { PaperRequest } from './paper-request.ts'

/** 材料目录: the folder's files, then each step of the procedure that is not recorded or has no file, and what was left out. */
export async function contentsPaper(
  { consultation, now }: PaperRequest,
  { files, left }: Packed,
  steps: ProcedureStep[],
): Promise<Buffer> {
  const present = files.map(({ name }): [string, string] => [name, '已附'])
  const missing = procedureStepNames
    .filter((step) => steps.every((kept) => kept.step !== step))
    .map((step): [string, string] => [`程序台账：${step}`, '没有登记；如依法不需要，请在上报时说明'])
  const basis = files.some(({ name }) => name.startsWith('6 依据/'))
    ? []
    : [['依据', '没有上传法律、法规、规章等依据'] as [string, string]]
  const rows = [...present, ...missing, ...basis, ...left.map((text): [string, string] => [text, '没有附上'])]
  const paper = {
    title: '送审材料目录',
    facts: [consultation.title, `${shanghaiMinute(now)} 由门户按数据生成。`],
    columns: [
      { header: '序号', width: 6 },
      { header: '材料', width: 70 },
      { header: '情况', width: 40 },
    ],
    rows: rows.map((row, i): Cell[] => [i + 1, ...row]),
  }
  return buffer(await writeWordTable(paper))
}
