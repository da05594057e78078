import { findPersonalData } from '../../../server/rules/personal-data/finding.ts'
import type { PersonalSpan } from '../../../server/rules/personal-data/kinds.ts'
import type { MarkedText } from './marked-texts.ts'

type Span = Pick<PersonalSpan, 'start' | 'end'> & { kind: string }

const document = ['document']
const account = ['account']
const person = ['name', 'accused']

/** By what kinds each class is found, and in which of the groups that have a floor it is counted. */
const classes: Readonly<Record<string, { group: Group; kinds: string[] }>> = {
  ...numbers({
    id_card: ['id_number'],
    mobile: ['mobile'],
    landline: ['landline'],
    bank_card: ['bank_card'],
  }),
  ...numbers({ email: ['email'], plate: ['plate'], wechat: account, qq: account, douyin: account }),
  // A 学籍号 is a G and the number of an ID: both are right.
  ...numbers({ passport: document, military: document, student: ['document', 'id_number'] }),
  ...numbers({ patient: document, social: document }),
  masked: { group: 'numbers', kinds: ['mobile', 'id_number', 'landline', 'bank_card', 'email', 'document'] },
  name: { group: 'names', kinds: person },
  accused: { group: 'names', kinds: person },
  address: { group: 'addresses', kinds: ['address'] },
  sensitive: { group: 'sensitive', kinds: ['sensitive'] },
}

export const groups = ['numbers', 'names', 'addresses', 'sensitive'] as const
export type Group = (typeof groups)[number]

function numbers(some: Record<string, string[]>) {
  return Object.fromEntries(
    Object.entries(some).map(([name, kinds]) => [name, { group: 'numbers' as const, kinds }]),
  )
}

/** Of the spans of a class: by which kinds they were found, `none` for those that were not, and how many whole. */
export interface Confused {
  marked: number
  right: number
  whole: number
  as: Record<string, number>
}

/** Of what was found of a kind: what it was, `none` for what was marked as nothing. */
export interface Measured {
  recall: Record<string, Confused>
  found: Record<string, Record<string, number>>
  groups: Record<Group, { marked: number; matched: number; found: number; right: number }>
}

/**
 * How what is found in texts agrees with what persons marked. A found span is right where it shares a character with a
 * marked one whose class its kind stands for; a marked one is matched where such a span was found, and whole where all of
 * its characters lie in such spans. `name` and `accused` are both names: which of the two is told in `recall`.
 */
export function measuredTexts(texts: readonly MarkedText[]): Measured {
  const measured: Measured = { recall: {}, found: {}, groups: emptyGroups() }
  for (const each of texts) {
    const found = foundIn(each)
    for (const span of each.marked) countMarked(measured, span, found)
    for (const span of found) countFound(measured, span, each.marked)
  }
  return measured
}

function foundIn({ text, sender }: MarkedText): Span[] {
  return findPersonalData(text, { sender, officeHolders: [] })
}

function emptyGroups(): Measured['groups'] {
  const none = () => ({ marked: 0, matched: 0, found: 0, right: 0 })
  return { numbers: none(), names: none(), addresses: none(), sensitive: none() }
}

function countMarked({ recall, groups }: Measured, span: MarkedText['marked'][number], found: Span[]): void {
  const { group, kinds } = classes[span.class] ?? unknown(span.class)
  const over = found.filter((one) => overlap(one, span))
  const right = over.filter(({ kind }) => kinds.includes(kind))
  const row = recall[span.class] ?? { marked: 0, right: 0, whole: 0, as: {} }
  recall[span.class] = row
  const as = (right[0] ?? over[0])?.kind ?? 'none'
  row.marked++
  row.as[as] = (row.as[as] ?? 0) + 1
  groups[group].marked++
  if (right.length === 0) return
  row.right++
  groups[group].matched++
  const covered = right.reduce(
    (sum, one) => sum + Math.min(one.end, span.end) - Math.max(one.start, span.start),
    0,
  )
  if (covered >= span.end - span.start) row.whole++
}

function countFound({ found, groups }: Measured, span: Span, marked: MarkedText['marked']): void {
  const over = marked.filter((one) => overlap(one, span))
  const right = over.find((one) => classes[one.class]?.kinds.includes(span.kind))
  const was = (right ?? over[0])?.class ?? 'none'
  const row = found[span.kind] ?? {}
  found[span.kind] = row
  row[was] = (row[was] ?? 0) + 1
  // What senders say of their own organisation has no class in the set.
  if (span.kind === 'organisation') return
  const group = groups[groupOf(span.kind)]
  group.found++
  if (right) group.right++
}

function groupOf(kind: string): Group {
  if (person.includes(kind)) return 'names'
  if (kind === 'address') return 'addresses'
  return kind === 'sensitive' ? 'sensitive' : 'numbers'
}

function overlap(one: Pick<Span, 'start' | 'end'>, other: Pick<Span, 'start' | 'end'>): boolean {
  return one.start < other.end && other.start < one.end
}

function unknown(name: string): never {
  throw new Error(`no class is called ${name}`)
}

/** What was missed and what was found in vain, with the words: of texts that may be looked at. */
export function failedTexts(texts: readonly MarkedText[]): string[] {
  return texts.flatMap((each) => {
    const { text, marked } = each
    const found = foundIn(each)
    const said = ({ start, end }: Pick<Span, 'start' | 'end'>) => [...text].slice(start, end).join('')
    const kindsOf = (name: string) => classes[name]?.kinds ?? []
    const missed = marked.filter(
      (one) => !found.some((span) => overlap(span, one) && kindsOf(one.class).includes(span.kind)),
    )
    const vain = found.filter(
      (span) =>
        span.kind !== 'organisation' &&
        !marked.some((one) => overlap(span, one) && kindsOf(one.class).includes(span.kind)),
    )
    return [
      ...missed.map((one) => `missed ${one.class}  ${said(one)}  in  ${text}`),
      ...vain.map((one) => `vain   ${one.kind}  ${said(one)}  in  ${text}`),
    ]
  })
}
