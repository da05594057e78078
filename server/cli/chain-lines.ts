import type { ChainProblem } from '../../db/queries/log/chain-check.ts'
import { shanghaiSecond } from '../rules/days.ts'

const problemNames: Record<ChainProblem['problem'], string> = {
  changed: '被改动',
  removed: '被删除',
  inserted: '多出未封存的记录',
  forged: '的封存不是用门户的密钥作出的，整条链可能被重新计算过',
  cut_off: '末尾缺失：数据目录里记下的封存不在数据库中，数据库可能被换成了以前的，或者封存被重新计算过',
  head_forged: '的链尾文件被改动，不是用门户的密钥写下的',
  head_missing: '的链尾文件不见了，无法核对数据库是否被换成了以前的',
}

const headProblems: readonly ChainProblem['problem'][] = ['head_forged', 'head_missing']

/** What was found of a chain, and since when. */
export function chainLine(chain: string, headFile: string, { entry, problem, since }: ChainProblem): string {
  const place = entry === null ? '' : `第 ${entry} 条起`
  const file = headProblems.includes(problem) ? `：DATA_DIR/${headFile}` : ''
  return `${chain}${place}${problemNames[problem]}${file}${since ? `（${shanghaiSecond(since)} 封存之后）` : ''}`
}
