import { type FieldError, textProblem, typedText } from '../typed.ts'
import { isReason, type Reason } from './reasons.ts'

/** As many reasons, and as many words, as the settings hold. */
const most = 40
const mostWords = 500

/**
 * Reads the administrator's reasons: `reasons[0][code|for|name|sentence]`, … A row without name and sentence is dropped;
 * a new one gets a code of its own, and a code stays what it was, since decisions name it.
 */
export function readReasons(form: unknown): { reasons: Reason[]; errors: FieldError[] } {
  const rows: unknown[] = [Object(form).reasons].flat().slice(0, most)
  const reasons: Reason[] = []
  const errors: FieldError[] = []
  for (const [place, row] of rows.entries()) {
    const [name, sentence] = [typedText(row, 'name'), typedText(row, 'sentence')]
    if (!name && !sentence) continue
    const problem =
      textProblem(name, { name: '名称', required: true, most: 30 }) ??
      textProblem(sentence, { name: '给提出人的话', required: true, most: 300 })
    const code = typedText(row, 'code') || `custom_${place + 1}`
    const reason = { code, for: typedText(row, 'for'), name, sentence }
    if (problem || !/^[a-z_0-9]{1,40}$/.test(code) || !isReason(reason)) {
      errors.push({
        field: `reasons[${place}]`,
        message: `第 ${place + 1} 行：${problem ?? '请选择用于哪种决定'}`,
      })
    } else reasons.push(reason)
  }
  for (const outcome of ['withheld', 'refused']) {
    if (errors.length === 0 && !reasons.some((reason) => reason.for === outcome)) {
      errors.push({ field: 'reasons', message: '“不公开”和“不纳入”都至少要有一条理由' })
    }
  }
  if (new Set(reasons.map(({ code }) => code)).size < reasons.length) {
    errors.push({ field: 'reasons', message: '有两条理由的代码相同，请刷新后重新填写' })
  }
  return { reasons, errors }
}

/** Reads the list of words, one a line. */
export function readWords(form: unknown): { words: string[]; errors: FieldError[] } {
  const lines = typedText(form, 'words').split('\n')
  const words = [...new Set(lines.map((line) => line.trim()).filter(Boolean))]
  const problem =
    words
      .map((word) => textProblem(word, { name: `“${[...word].slice(0, 10).join('')}”`, most: 30 }))
      .find(Boolean) ??
    (words.length > mostWords ? `最多 ${mostWords} 个词，现在是 ${words.length} 个` : null)
  return { words, errors: problem ? [{ field: 'words', message: problem }] : [] }
}
