import { buffer } from 'node:stream/consumers'
import { type JudgedMaterial, judgedMaterials } from '../../../../db/queries/outcomes/materials.ts'
import { shanghaiMinute } from '../../../rules/days.ts'
import { nameOf } from '../../../rules/names.ts'
import {
  isOfMaterial,
  materialKeys,
  materialStateNames,
  materials,
} from '../../../rules/outcomes/materials.ts'
import type { Cell } from '../../formats/cells.ts'
import { writeWordTable } from '../../formats/word-table.ts'
import type { Packed } from '../../formats/zip-of-files.ts'
import type { PaperRequest } from '../paper-request.ts'

/**
 * 送审材料目录: each material with its files in the folder, and whether it is there, is missing or is not asked for, as
 * somebody found, why, who and when; below them the other files, and what could not be put in.
 */
export async function contentsPaper(
  { db, consultation, now }: PaperRequest,
  { files, left }: Packed,
): Promise<Buffer> {
  const found = await judgedMaterials(db, consultation.id)
  const judged = materialKeys.map((key): Cell[] => {
    const own = files.filter(({ name }) => isOfMaterial(key, name)).map(({ name }) => name)
    return [
      materials[key].name,
      own.join('\n') || '没有文件',
      ...judgement(
        found.find(({ material }) => material === key),
        own.length,
      ),
    ]
  })
  const others = files.filter(({ name }) => !materialKeys.some((key) => isOfMaterial(key, name)))
  const rows = [
    ...judged,
    ...others.map(({ name }): Cell[] => ['其他', name, null, null, null]),
    ...left.map((text): Cell[] => ['没有附上', text, null, null, null]),
  ]
  const paper = {
    title: '送审材料目录',
    facts: [consultation.title, `${shanghaiMinute(now)} 生成；是否齐全由认定人逐项认定。`],
    columns: [
      { header: '序号', width: 6, centred: true as const },
      { header: '材料', width: 24 },
      { header: '文件', width: 52 },
      { header: '认定', width: 16 },
      { header: '理由', width: 32 },
      { header: '认定人和时间', width: 24 },
    ],
    rows: rows.map((row, i): Cell[] => [i + 1, ...row]),
  }
  return buffer(await writeWordTable(paper))
}

function judgement(found: JudgedMaterial | undefined, files: number): [string, string | null, string | null] {
  if (!found) return ['还没有认定', null, null]
  const { state, reason, by, judgedAt } = found
  const isGone = state === 'attached' && files === 0
  const name = isGone ? '认定为已附，但是文件已经不在，请重新认定' : nameOf(materialStateNames, state)
  return [name, reason, `${by}\n${shanghaiMinute(judgedAt)}`]
}
