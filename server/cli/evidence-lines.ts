import type { EvidenceProblem } from '../../db/queries/evidence/problems.ts'
import { shanghaiSecond } from '../rules/days.ts'
import { factNames } from '../rules/evidence/facts.ts'

const problemNames: Record<EvidenceProblem['problem'], string> = {
  changed: '被改动',
  removed: '被删除',
  forged: '没有存证，不是经门户写入的',
  unkeyed: '存证的密钥不见了，操作日志里没有删除的记录',
  original: '隐去以前的原文缺失或者被改动',
}

/** What was found, and since when. */
export function evidenceLine({ kind, row, problem, since }: EvidenceProblem): string {
  return `${factNames[kind]}${problemNames[problem]}：${row}${since ? `（${shanghaiSecond(since)} 存证之后）` : ''}`
}
