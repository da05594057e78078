import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import type { AnalysedPoint } from '../../../../db/queries/points/analysed-points.ts'
import { correctionNote } from '../../../rules/answers/correction-note.ts'
import type { Person } from './persons.ts'

/** What a row of a paper is of: a concern, an answer with a 归纳, comments that are alike, one point, or the points that are not told one by one. */
export type GroupKind = 'concern' | 'answer' | 'campaign' | 'single' | 'rest'

/** Points that one row of a paper stands for; each point stands in one group. */
export interface PointGroup {
  kind: GroupKind
  clause: string
  /** What it says: the office's sentence, or the words of its first point. */
  said: string
  /** Its first point's words; where the office has summed it up, of the first that says a little more. */
  words: string
  /** The newest round of the draft that any of its points is about. */
  round: number
  /** The comment of that point, who sent it, and the campaign of it. */
  first: ReadComment
  person: Person
  campaign: string | null
  points: number
  /** Persons by their submissions (人次); organisations by name, those without one by their submissions. */
  persons: Set<string>
  /** 座谈会, by their minutes: how many were present at each. */
  meetings: Map<string, number>
  units: Set<string>
  nameless: Set<string>
  late: number
  /** How many of its points have an approved answer of each outcome; '' is without one. */
  outcomes: Map<string, number>
  /** What was answered, each reason once. */
  reasons: Set<string>
}

/** Fewer characters seldom give a reason. */
const tellingWords = 15

/** A paper of more single points is read by nobody, and opened slowly. */
const mostSingleInAll = 1000

/** How many single points of a clause a paper tells one by one. @param clauses how many clauses there are */
export function mostSingle(clauses: number): number {
  return Math.min(50, Math.max(10, Math.floor(mostSingleInAll / clauses)))
}

/** A point with what stands around it. */
export interface GroupedPoint {
  point: AnalysedPoint
  words: string
  comment: ReadComment
  person: Person
}

/** The points of one clause that were read so far. */
interface ClauseGroups {
  /** By what holds their points together. */
  shared: Map<string, PointGroup>
  single: PointGroup[]
  rest: PointGroup | null
}

/**
 * Puts points into groups by clause: by concern, by answer with a 归纳, by campaign; any other is a group of its own, as
 * long as there are not more than `mostSingle` of them on a clause: what is more is counted in one last group.
 * Organisations speak in their own name and stand before persons.
 */
export class PointGroups {
  private readonly clauses = new Map<string, ClauseGroups>()
  private readonly mostSingle: number

  constructor(mostSingle: number) {
    this.mostSingle = mostSingle
  }

  add(grouped: GroupedPoint): void {
    const { point } = grouped
    const clause = point.concern?.clause ?? point.clause
    const groups: ClauseGroups = this.clauses.get(clause) ?? { shared: new Map(), single: [], rest: null }
    this.clauses.set(clause, groups)
    const [kind, key] = sharedBy(grouped)
    if (kind === 'single') {
      groups.single.push(count(begun(grouped, kind, clause), grouped))
      if (groups.single.length > 2 * this.mostSingle) this.shorten(groups)
      return
    }
    const group = groups.shared.get(key) ?? begun(grouped, kind, clause)
    groups.shared.set(key, count(group, grouped))
  }

  /** The groups of a clause, each kind's weightiest first, single ones as they came. */
  of(clause: string): PointGroup[] {
    const groups = this.clauses.get(clause)
    if (!groups) return []
    this.shorten(groups)
    const { shared, single, rest } = groups
    const order: GroupKind[] = ['concern', 'answer', 'campaign']
    return [
      ...[...shared.values()].sort(
        (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.points - a.points,
      ),
      ...single,
      ...(rest ? [rest] : []),
    ]
  }

  /** The clauses that have any, as they were first met. */
  keys(): string[] {
    return [...this.clauses.keys()]
  }

  private shorten(groups: ClauseGroups): void {
    const ofUnits = (group: PointGroup) => group.persons.size === 0
    const ordered = [...groups.single.filter(ofUnits), ...groups.single.filter((group) => !ofUnits(group))]
    groups.single = ordered.slice(0, this.mostSingle)
    for (const group of ordered.slice(this.mostSingle)) {
      groups.rest = groups.rest ? taken(groups.rest, group) : { ...group, kind: 'rest' }
    }
  }
}

/** The groups of all clauses, in document order; those on clauses that are no more stand last. */
export function allGroups(groups: PointGroups, places: ReadonlyMap<string, unknown>): PointGroup[] {
  const elsewhere = groups.keys().filter((key) => !places.has(key))
  return [...places.keys(), ...elsewhere].flatMap((key) => groups.of(key))
}

/** What a point stands under, and by what it is known among those of its clause. */
function sharedBy({ point, words }: GroupedPoint): [GroupKind, string] {
  const { id, concern, answer, campaign } = point
  if (concern) return ['concern', concern.id]
  if (answer?.summary) return ['answer', `answer ${answer.id}`]
  // Near copies of a whole comment are one; of parts only those that say the same.
  if (campaign) return ['campaign', `campaign ${campaign} ${id === null ? (answer?.id ?? '') : words}`]
  return ['single', '']
}

function begun({ point, words, comment, person }: GroupedPoint, kind: GroupKind, clause: string): PointGroup {
  return {
    ...{ kind, clause, round: comment.round, words, first: comment, person, campaign: point.campaign },
    said: point.concern?.sentence ?? (kind === 'answer' ? (point.answer?.summary ?? words) : words),
    ...{ points: 0, persons: new Set(), meetings: new Map(), units: new Set(), nameless: new Set(), late: 0 },
    ...{ outcomes: new Map(), reasons: new Set() },
  }
}

function count(group: PointGroup, { point: { answer }, words, comment, person }: GroupedPoint): PointGroup {
  group.points++
  group.round = Math.max(group.round, comment.round)
  const isSummedUp = group.kind === 'concern' || group.kind === 'answer'
  if (isSummedUp && group.words.length < tellingWords && words.length > group.words.length)
    group.words = words
  if (comment.present !== null) group.meetings.set(comment.submissionId, comment.present)
  else if (comment.identity === 'individual') group.persons.add(comment.submissionId)
  else if (person.organisation) group.units.add(person.organisation)
  else group.nameless.add(comment.submissionId)
  if (comment.late) group.late++
  const outcome = answer?.outcome ?? ''
  group.outcomes.set(outcome, (group.outcomes.get(outcome) ?? 0) + 1)
  if (answer) group.reasons.add([answer.reason, correctionNote(answer)].filter(Boolean).join('\n'))
  return group
}

/** The first with what the second counts. */
function taken(group: PointGroup, other: PointGroup): PointGroup {
  group.points += other.points
  group.round = Math.max(group.round, other.round)
  group.late += other.late
  for (const key of ['persons', 'units', 'nameless', 'reasons'] as const)
    for (const one of other[key]) group[key].add(one)
  for (const [minutes, present] of other.meetings) group.meetings.set(minutes, present)
  for (const [outcome, points] of other.outcomes)
    group.outcomes.set(outcome, (group.outcomes.get(outcome) ?? 0) + points)
  return group
}
