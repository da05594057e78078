import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFeedbackForm } from '../../../server/documents/feedback-form/feedback-form.ts'
import { readFilledForm } from '../../../server/documents/feedback-form/filled-form.ts'
import { readFormContent } from '../../../server/documents/feedback-form/form-content.ts'
import type { FormUnit } from '../../../server/documents/feedback-form/form-units.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { nameClauses } from '../../../server/text/words/clause-names.ts'
import { editDocx } from './fill-form.ts'

/* The 意见反馈表 of the seed draft, blank and filled in. */
const seed = join(import.meta.dirname, '../../../seeds/shanxi-old-revolutionary-areas.txt')
export const { title, units } = readDraft(readFileSync(seed, 'utf8'))
const names = nameClauses(units)
const clauses: FormUnit[] = units.flatMap((unit) =>
  unit.key ? [{ ...unit, key: unit.key, name: names.get(unit.key)?.name ?? '' }] : [],
)
export const keys = new Set(clauses.map(({ key }) => key))
const regions = new Set(['长治市', '长治市襄垣县', '晋城市'])
export const facts = {
  slug: 'shanxi-laoqu',
  round: 1,
  title,
  organ: '山西省发展和改革委员会',
  closes: '2026年12月24日',
  asks: {},
}
export const blank = await writeFeedbackForm(facts, units)

export const filled = (edit: (xml: string) => string) => editDocx(blank, edit)
/** What a filled form says; the clauses of the seed may be commented on, but for those not in `current`. */
export async function contentOf(bytes: Buffer, current: ReadonlySet<string> = keys) {
  const form = await readFilledForm(bytes)
  if (!form) throw new Error('no form')
  form.outside = form.outside.filter((text) => text !== title)
  return { ...readFormContent(form, clauses, current, { asks: {}, regions }), number: form.number }
}
export const ticks = (chosen: string) => `□赞成\n□修改\n□反对\n□疑问`.replace(`□${chosen}`, `☑${chosen}`)
