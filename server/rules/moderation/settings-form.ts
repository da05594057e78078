import { choice, type Field, matching, type Sentences, text, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import type { FieldError } from '../typed.ts'
import type { Reason } from './reasons.ts'

/** As many reasons, and as many words, as the settings hold. */
const most = 40
const mostWords = 500
const longestWord = 30

const askFor = '请选择用于哪种决定'
const reasonForm = form({
  name: text({ name: '名称', most: 30 }),
  sentence: text({ name: '给提出人的话', most: 300 }),
  for: choice({ withheld: '不公开', refused: '不纳入' }, askFor),
  code: matching(/^[a-z_0-9]{1,40}$/, askFor),
})
export type TypedReason = TypedIn<typeof reasonForm>

/**
 * Reads the administrator's reasons: `reasons[0][code|for|name|sentence]`, … A row without name and sentence is dropped;
 * a new one gets a code of its own, and a code stays what it was, since decisions name it.
 */
export function readReasons(body: unknown): {
  typed: TypedReason[]
  reasons: Reason[]
  errors: FieldError[]
} {
  const typed = [Object(body).reasons].flat().slice(0, most).map(reasonForm.typed)
  const reasons: Reason[] = []
  const errors: FieldError[] = []
  for (const [place, row] of typed.entries()) {
    if (!row.name && !row.sentence) continue
    const read = reasonForm.read({ ...row, code: row.code || `custom_${place + 1}` })
    if (read.values) reasons.push(read.values)
    else
      errors.push({ field: `reasons[${place}]`, message: `第 ${place + 1} 行：${read.errors[0]?.message}` })
  }
  for (const outcome of ['withheld', 'refused']) {
    if (errors.length === 0 && !reasons.some((reason) => reason.for === outcome)) {
      errors.push({ field: 'reasons', message: '“不公开”和“不纳入”都至少要有一条理由' })
    }
  }
  if (new Set(reasons.map(({ code }) => code)).size < reasons.length) {
    errors.push({ field: 'reasons', message: '有两条理由的代码相同，请刷新后重新填写' })
  }
  return { typed, reasons, errors }
}

/** Several words, one a line. */
const words: Field<string, string[]> = {
  ...unjudged(),
  problem: (typed, says) => wordsProblem(wordsIn(typed), says),
  given: (kept) => kept.join('\n'),
  value: wordsIn,
}
export const wordsForm = form({ words })

function wordsIn(typed: string): string[] {
  const lines = typed.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter(Boolean))]
}

function wordsProblem(words: string[], says: Sentences): string | null {
  const wrong = words.map((word) => {
    const name = `“${[...word].slice(0, 10).join('')}”`
    return text({ name, most: longestWord }).problem(word, says)
  })
  const tooMany = words.length > mostWords ? `最多 ${mostWords} 个词，现在是 ${words.length} 个` : null
  return wrong.find(Boolean) ?? tooMany
}
