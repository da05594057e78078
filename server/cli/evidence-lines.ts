import type { EvidenceProblem } from '../../db/queries/evidence/problems.ts'
import { shanghaiSecond } from '../rules/days.ts'
import { factNames } from '../rules/evidence/facts.ts'

const problemNames: Record<EvidenceProblem['problem'], string> = {
  changed: '被改动',
  removed: '被删除',
  forged: '没有存证，不是经门户写入的',
  unkeyed: '存证的密钥不见了，操作日志里没有删除的记录',
  original: '隐去以前的原文缺失或者被改动',
  state: '的状态、审核轮次或者版本与审核记录不符',
  lost: '的存证是用另一把密钥封存的，操作日志里没有改用新密钥的记录',
  payload: '与出具回执时收到的内容不符',
}

/** What was found, and since when. */
export function evidenceLine({ kind, row, problem, since }: EvidenceProblem): string {
  return `${factNames[kind]}${problemNames[problem]}：${row}${since ? `（${shanghaiSecond(since)} 存证之后）` : ''}`
}
