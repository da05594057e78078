import { relationNames } from '../rules/clause-relations.ts'
import type { Cell } from './cells.ts'
import type { ComparedRow, OldWording } from './comparison.ts'
import type { WordPaper } from './word-table.ts'

interface PaperRound {
  number: number
  title: string
}

/** 修改对照表 of two rounds: 原条款｜修改后条款｜说明, in the order of the new one, the dropped clauses among them. */
export function comparisonPaper(before: PaperRound, after: PaperRound, rows: ComparedRow[]): WordPaper {
  return {
    title: '修改对照表',
    facts: [after.title, `第${before.number}稿与第${after.number}稿`],
    columns: [
      { header: '原条款', width: 60 },
      { header: '修改后条款', width: 60 },
      { header: '说明', width: 22 },
    ],
    rows: rows.flatMap(cellsOf),
  }
}

function cellsOf(row: ComparedRow): Cell[][] {
  switch (row.kind) {
    case 'heading':
      return []
    case 'deleted':
      return [[whole(row.old), '', '删去']]
    case 'clause':
      return [[row.old.map(whole).join('\n'), whole(row), relationNames[row.relation]]]
  }
}

function whole({ label, text }: Pick<OldWording, 'label' | 'text'>): string {
  return (label ?? '') + text
}
