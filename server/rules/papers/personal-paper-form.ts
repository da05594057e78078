import { findPersonalData } from '../comments/personal-data.ts'
import { type FieldError, textProblem, typedText } from '../typed.ts'

/** What an order of a paper that names persons says. */
export interface TypedPersonalPaper {
  /** 种类.格式, as in comments.xlsx. */
  paper: string
  reason: string
}

export const emptyPersonalPaper: TypedPersonalPaper = { paper: '', reason: '' }

const shortestReason = 6
const longestReason = 300

export function typedPersonalPaper(form: unknown): TypedPersonalPaper {
  return { paper: typedText(form, 'paper'), reason: typedText(form, 'reason') }
}

/** What is wrong with the reason: it goes into the log for ever, so it says a purpose and names nobody. */
export function reasonProblem(reason: string): string | null {
  const problem = textProblem(reason, { name: '事由', required: true, most: longestReason })
  if (problem) return problem
  if ([...reason].length < shortestReason)
    return `请把事由写具体，至少 ${shortestReason} 个字，例如“答复单位来函，需要联系提出人”`
  if (findPersonalData(reason).length > 0) return '事由会永久记入操作日志，请不要写电话、证件号等个人信息'
  return null
}

/** @param known the papers that there are, as 种类.格式 */
export function personalPaperErrors({ paper, reason }: TypedPersonalPaper, known: string[]): FieldError[] {
  const why = reasonProblem(reason)
  return [
    ...(known.includes(paper) ? [] : [{ field: 'paper', message: '请选择文件' }]),
    ...(why ? [{ field: 'reason', message: why }] : []),
  ]
}
