import { choice, unjudged } from '../fields.ts'
import { form } from '../form.ts'
import { needsReason, stateAfter } from './comment-states.ts'
import type { Ruling } from './decision-form.ts'

/** 两人一致: which decisions take effect only when a second moderator agrees. */
export const agreementNames = {
  none: '一人决定',
  negative: '不公开、不纳入须两人一致',
  all: '全部决定须两人一致',
} as const
export type Agreement = keyof typeof agreementNames

const ask = '请选择征求意见活动和规则'

/** Which rule holds in which consultation. @param known the ids of those that there are */
export const agreementForm = (known: ReadonlySet<string>) =>
  form({ consultation: unjudged(), agreement: choice(agreementNames, ask) }, ({ consultation }) => [
    ['agreement', known.has(consultation) ? null : ask],
  ])

/** Who is accused by name is named in public by two, whatever else is set. @param naming somebody would be */
export function agreementFor(
  agreement: Agreement,
  { publication }: Pick<Ruling, 'publication'>,
  naming: boolean,
): Agreement {
  return naming && publication === 'published' ? 'all' : agreement
}

interface Opinion extends Ruling {
  staffId: string
}

/** What follows from a ruling: it waits for others, or it is decided, alone or with whoever agrees. */
type Consequence =
  | { decided: false; waitsFor: 'second' | 'third' }
  | { decided: true; ruling: Ruling; staffId: string; agreedBy: string | null }

/**
 * What follows when somebody rules as `mine` beside what others hold in this round of review. Two of one mind decide;
 * where two differ, the third's word counts.
 * @param others without one's own earlier opinion, the first one first
 * @param isLast nobody is left who could agree: an approver hears an appeal
 */
export function consequence(
  agreement: Agreement,
  mine: Opinion,
  others: readonly Opinion[],
  isLast = false,
): Consequence {
  const { staffId, ...ruling } = mine
  if (others.length === 0 && !needsSecond(agreement, mine)) {
    return { decided: true, ruling, staffId, agreedBy: null }
  }
  const ally = others.find((other) => stateOf(other) === stateOf(mine))
  if (ally) {
    const { staffId: first, ...theirs } = ally
    return { decided: true, ruling: theirs, staffId: first, agreedBy: staffId }
  }
  if (isLast || others.length >= 2) return { decided: true, ruling, staffId, agreedBy: null }
  return { decided: false, waitsFor: others.length === 0 ? 'second' : 'third' }
}

function needsSecond(agreement: Agreement, ruling: Ruling): boolean {
  return agreement === 'all' || (agreement === 'negative' && needsReason(stateOf(ruling)))
}

function stateOf({ admission, publication }: Ruling) {
  return stateAfter(admission, publication)
}
