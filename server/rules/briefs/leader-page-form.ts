import { type Field, optional, revision, text, unjudged } from '../fields.ts'
import { form, type TypedIn, type ValuesIn } from '../form.ts'

/** So many concerns stand on the page. */
const concernsOnPage = 5
export const concernPlaces = Array.from({ length: concernsOnPage }, (_, place) => place + 1)

/**
 * What is typed for 呈阅件（一页）. The limits are what goes on one side with all of them spent; a concern stands there with
 * so much of its sentence as a proposal has.
 */
export const leaderPageLimits = {
  question: 120,
  proposal: 48,
  decisions: 120,
  unit: 20,
  contact: 12,
  phone: 24,
}

const line = (name: string, most: number) => inOneLine(optional(text({ name, most })))

/** Line ends would take more room than their words. */
function inOneLine<Value>(field: Field<string, Value>): Field<string, Value> {
  return { ...field, typed: (body, name) => field.typed(body, name).replace(/\s+/gu, ' ') }
}

export const leaderPageForm = form({
  question: line('请示事项', leaderPageLimits.question),
  ...numbered('concern', () => optional(unjudged())),
  ...numbered('proposal', (place) => line(`第 ${place} 项的拟办意见`, leaderPageLimits.proposal)),
  decisions: line('需研究决定的事项', leaderPageLimits.decisions),
  unit: line('承办处室', leaderPageLimits.unit),
  contact: line('联系人', leaderPageLimits.contact),
  phone: line('电话', leaderPageLimits.phone),
  revision: revision(),
})
export type TypedLeaderPage = TypedIn<typeof leaderPageForm>
export type LeaderPageText = Omit<ValuesIn<typeof leaderPageForm>, 'revision'>

type Numbered<Name extends string> = `${Name}${1 | 2 | 3 | 4 | 5}`

function numbered<Name extends string, Value>(name: Name, field: (place: number) => Field<string, Value>) {
  return Object.fromEntries(concernPlaces.map((place) => [`${name}${place}`, field(place)])) as Record<
    Numbered<Name>,
    Field<string, Value>
  >
}

/** The concerns that were chosen, each with what is proposed for it, in their order. */
export function chosenConcerns(said: LeaderPageText): { concern: string; proposal: string | null }[] {
  return ([1, 2, 3, 4, 5] as const).flatMap((place) => {
    const concern = said[`concern${place}`]
    return concern ? [{ concern, proposal: said[`proposal${place}`] }] : []
  })
}
