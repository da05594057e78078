import { createHash } from 'node:crypto'
import type { Candidate, ReadPoint } from '../../../server/text/sorting/candidates.ts'
import { type Proposal, propose } from '../../../server/text/sorting/learner.ts'
import { type Opinion, opinions, secondMarks } from '../opinions.ts'
import { seedDraft } from '../words/seed-texts.ts'

/** The subjects as themes: their names as the list gives them (test/fixtures/opinions/README.md), without words. */
export const subjects = Object.entries({
  agriculture: '特优农业',
  industry: '产业和企业',
  tourism: '文旅',
  cooperation: '区域合作',
  towns: '城镇',
  villages: '和美乡村',
  transport: '交通',
  utilities: '水电气热网',
  employment: '就业',
  health: '医疗',
  elderly: '养老和救助',
  schools: '教育',
  ecology: '生态',
  science: '科技和人才',
  relics: '遗址文物',
  stories: '红色宣传教育',
  finance: '资金',
  land: '土地',
  mechanism: '组织实施',
  wording: '文稿和程序',
}).map(([id, name]) => ({ id, name, words: [] as string[] }))

/** Every fifth opinion, by its hash, is never looked at while anything is chosen; of the rest some are labelled. */
export function parts(): { held: Opinion[]; rest: Opinion[] } {
  const all = opinions().sort((a, b) => hash(a.text) - hash(b.text))
  const isHeld = ({ text }: Opinion) => hash(text) % 5 === 0
  return { held: all.filter(isHeld), rest: all.filter((opinion) => !isHeld(opinion)) }
}

/** So many of these, in an order that the number gives. */
export function drawn(from: readonly Opinion[], count: number, number: number): Opinion[] {
  const order = new Map(from.map((opinion) => [opinion, hash(number + opinion.text)]))
  return [...from].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)).slice(0, count)
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

/** What the opinions are about, paragraph by paragraph. */
export function draftParagraphs(): string[] {
  const [text = ''] = seedDraft().texts
  return text.split('\n').filter(Boolean)
}

/** What is proposed for all that is not labelled, by the opinion. An opinion of no subject teaches nothing. */
export function proposedFrom(labelled: readonly Opinion[], all: readonly Opinion[]): Map<Opinion, Proposal> {
  const taken = new Set(labelled)
  const others = all.filter((opinion) => !taken.has(opinion))
  const assigned = labelled
    .filter(({ subject }) => subject !== 'other')
    .map(({ text, subject }) => ({ text, theme: subject }))
  const proposals = propose({
    themes: subjects,
    assigned,
    others: others.map(({ text }) => text),
    draft: draftParagraphs(),
  })
  return new Map(others.map((opinion, place) => [opinion, proposals[place] as Proposal]))
}

/** Micro-F1 over the subjects: what is of none and is put somewhere counts against precision alone. */
export function microF1(pairs: readonly (readonly [subject: string, theme: string | null])[]): number {
  let [right, wrong, missed] = [0, 0, 0]
  for (const [subject, theme] of pairs) {
    if (theme !== null && theme === subject) right++
    else {
      if (theme !== null) wrong++
      if (subject !== 'other') missed++
    }
  }
  return (2 * right) / (2 * right + wrong + missed)
}

/** The mean of several draws, and the worst of them. */
export interface Measured {
  mean: number
  worst: number
}

/** What is measured on, and what is labelled: what is held back, from the rest; the rest alone; or each of all. */
export type MeasuredOn = 'held' | 'rest' | 'all'

/**
 * Micro-F1 with so many labelled.
 * @param on what is held back, by which nothing is chosen; the rest, by which all is chosen; or all. What is labelled is not
 * measured
 */
export function learningAt(count: number, draws: number, on: MeasuredOn = 'held'): Measured {
  const { held, rest } = parts()
  const all = [...rest, ...held]
  const isMeasured = new Set({ held, rest, all }[on])
  // Others than those on what is held back, so that no draw of these has been chosen by.
  const first = on === 'rest' ? 100 : 0
  return ofDraws(draws, (draw) => {
    const proposals = proposedFrom(drawn(on === 'all' ? all : rest, count, first + draw), all)
    return microF1(
      [...proposals].flatMap(([opinion, { theme }]) =>
        isMeasured.has(opinion) ? [[opinion.subject, theme] as const] : [],
      ),
    )
  })
}

/** The same on what is held back where staff begin with 30 and go on with the least certain, nine at a time and of a theme once. */
export function learningByQueue(count: number, draws: number): Measured {
  const { held, rest } = parts()
  return ofDraws(draws, (draw) => {
    const labelled = drawn(rest, 30, draw)
    while (labelled.length < count) {
      const next = leastCertain(proposedFrom(labelled, [...rest, ...held]), new Set(rest))
      labelled.push(...next.slice(0, Math.min(9, count - labelled.length)))
    }
    const proposals = proposedFrom(labelled, [...rest, ...held])
    return microF1(held.map((opinion) => [opinion.subject, proposals.get(opinion)?.theme ?? null]))
  })
}

function ofDraws(draws: number, measure: (draw: number) => number): Measured {
  const found = Array.from({ length: draws }, (_, draw) => measure(draw))
  return { mean: found.reduce((sum, one) => sum + one, 0) / draws, worst: Math.min(...found) }
}

function leastCertain(proposals: Map<Opinion, Proposal>, among: Set<Opinion>): Opinion[] {
  const sorted = [...proposals]
    .filter(([opinion]) => among.has(opinion))
    .sort(([, a], [, b]) => a.confidence - b.confidence)
  const themes = new Set<string>()
  return sorted.flatMap(([opinion, { theme }]) => {
    if (themes.has(theme)) return []
    themes.add(theme)
    return [opinion]
  })
}

/** How far two persons agree on the subject of the 300 that both marked, measured as what is proposed is. */
export function agreementOfPersons(): number {
  const first = new Map(opinions().map((opinion) => [opinion.id, opinion.subject]))
  return microF1(
    secondMarks().map(
      ({ id, subject }) => [first.get(id) ?? '', subject === 'other' ? null : subject] as const,
    ),
  )
}

/** The opinions as points of as many persons. */
export function opinionPoints(): ReadPoint[] {
  return opinions().map(({ id, text, stance }) => ({ id, text, stance, sender: id }))
}

/** The subjects of which at least half of some candidate is, each with the share of its opinions that this takes. */
export function foundByCandidates(candidates: readonly Candidate[]): Map<string, number> {
  const subjectOf = new Map(opinions().map(({ id, subject }) => [id, subject]))
  const sizes = counted([...subjectOf.values()])
  const found = new Map<string, number>()
  for (const { points } of candidates) {
    for (const [subject, count] of counted(points.map((id) => subjectOf.get(id) ?? 'other'))) {
      if (subject === 'other' || count * 2 < points.length) continue
      found.set(subject, (found.get(subject) ?? 0) + count / (sizes.get(subject) ?? 1))
    }
  }
  return found
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
