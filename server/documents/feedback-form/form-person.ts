import { withoutBlanks } from '../../text/outlining/blanks.ts'
import { besidesTicks, type TickWord, ticked } from '../../text/words/ticks.ts'
import { answerHints, type PersonRow, personRows } from './feedback-form-words.ts'
import type { FilledForm } from './filled-form.ts'
import type { FormNote } from './form-note.ts'

/** What the consultation asks about the person, and the places that may be chosen. */
export interface AskedOf {
  asks: Partial<Record<PersonRow, string>>
  regions: ReadonlySet<string>
}

const answers: Partial<Record<PersonRow, TickWord<string>[]>> = {
  identity: [
    { value: 'enterprise', sounds: /企业|公司/ },
    { value: 'association', sounds: /社会组织|协会/ },
    { value: 'agency', sounds: /机关事业单位|机关|事业单位/ },
    { value: 'expert', sounds: /专家学者|专家|学者/ },
    { value: 'individual', sounds: /个人/ },
  ],
  show_name: [{ value: '1', sounds: /同意/ }],
  visibility: [
    { value: 'office', sounds: /仅供起草单位参考|不公开/ },
    { value: 'public', sounds: /审核后可以公开|可以公开/ },
  ],
}

/** What a filled form says of the person, as it would have been typed; what it cannot take is noted. */
export function personOf(
  person: FilledForm['person'],
  { asks, regions }: AskedOf,
): { fields: Partial<Record<PersonRow, string>>; notes: FormNote[] } {
  const fields: Partial<Record<PersonRow, string>> = {}
  const notes: FormNote[] = []
  for (const [field, cell] of Object.entries(person) as [PersonRow, string][]) {
    const note = (kind: FormNote['kind'], text: string) => notes.push({ kind, clause: null, text })
    const choices = answers[field]
    const hints = answerHints[field] ?? ''
    const chosen = choices ? ticked(cell.replace(hints, ''), choices) : []
    const rest = choices ? besidesTicks(cell, choices, hints) : ''
    const value = choices ? (chosen.length === 1 ? chosen[0] : '') : cell.trim()

    if (rest || chosen.length > 1) note('person', `${personRows[field].name}：${rest || cell}`)
    if (!value) continue
    const isAsked = asks[field === 'show_name' ? 'name' : field] !== 'hidden'
    const region = field === 'region' ? regionIn(value, regions) : null
    if (!isAsked) note('person', `${personRows[field].name}：${value}`)
    else if (field === 'region' && region === null) note('region', value)
    else fields[field] = region ?? value
  }
  return { fields, notes }
}

/** 山西省长治市襄垣县 and 襄垣县 both name 长治市襄垣县, as long as no other place goes by it. */
function regionIn(text: string, regions: ReadonlySet<string>): string | null {
  const words = withoutBlanks(text)
  const named = [...regions].filter((region) => words.includes(region))
  const [longest] = named.sort((a, b) => b.length - a.length)
  if (longest) return longest
  const ending = [...regions].filter((region) => region.endsWith(words))
  return ending.length === 1 ? (ending[0] ?? null) : null
}
