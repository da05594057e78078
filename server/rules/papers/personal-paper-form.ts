import { inChinese, oneOf, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { findPersonalData } from '../personal-data/finding.ts'

const shortestReason = 6
const reason = text({ name: '事由', most: 300 })

/** An order of a paper that names persons. @param known the papers that there are, each 种类.格式 */
export const personalPaperForm = (known: readonly string[]) =>
  form({ paper: oneOf(new Set(known), '请选择文件'), reason: { ...reason, problem: reasonProblem } })
export type TypedPersonalPaper = TypedIn<ReturnType<typeof personalPaperForm>>

/** What is wrong with the reason: it goes into the log for ever, so it says a purpose and names nobody. */
export function reasonProblem(typed: string, says = inChinese): string | null {
  const problem = reason.problem(typed, says)
  if (problem) return problem
  if ([...typed].length < shortestReason)
    return `请把事由写具体，至少 ${shortestReason} 个字，例如“答复单位来函，需要联系提出人”`
  if (findPersonalData(typed).length > 0) return '事由会永久记入操作日志，请不要写电话、证件号等个人信息'
  return null
}
