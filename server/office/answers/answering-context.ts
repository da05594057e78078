import type { AnswerTarget } from '../../../db/queries/answers/answer-targets.ts'
import { type EarlierAnswer, earlierAnswers } from '../../../db/queries/answers/earlier-answers.ts'
import { type ReachedPoint, reachedPoints, themesAmong } from '../../../db/queries/answers/reached-points.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { clauseWordings } from '../../../db/queries/drafts/clause-wordings.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Concern } from '../../../db/queries/points/concerns.ts'
import { changedWording } from '../../../db/queries/wordings/changed-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'

/** What whoever writes an answer has before them. */
export interface AnsweringContext {
  /** The first points that it would be for; those that say the same to the letter stand once, with the first one's letter. */
  points: { text: string; clauseName: string; letter: string; count: number }[]
  /** How many these are. */
  listed: number
  /** The clauses that these are about. */
  clauses: ShownClause[]
  /** Clauses that are not shown. */
  otherClauses: number
  earlier: (EarlierAnswer & { outcomeName: string; stateName: string; href: string })[]
}

/** A clause as it was put out, with what is worded otherwise now; one piece where nothing is. */
export interface ShownClause {
  name: string
  href: string
  pieces: Difference[]
  isChanged: boolean
}

const shownPoints = 50
const shownClauses = 3

/** @param concern the one that is answered, where it is one */
export async function answeringContext(
  { db }: Pick<Dependencies, 'db'>,
  consultation: Consultation,
  clauses: readonly OrderedClause[],
  target: AnswerTarget,
  concern: Concern | null,
): Promise<AnsweringContext> {
  const { id, slug } = consultation
  const points = await reachedPoints(db, id, target, shownPoints)
  const themes = await themesOf(db, target, concern, points)
  const about = aboutMost(points, concern)
  const found = about.flatMap((key) => clauses.find((clause) => clause.key === key) ?? [])
  const [shown, earlier] = await Promise.all([
    Promise.all(found.slice(0, shownClauses).map((clause) => shownClause({ db }, consultation, clause))),
    earlierAnswers(db, id, { clauses: about.slice(0, shownClauses), themes }),
  ])
  const names = new Map(clauses.map(({ key, name }) => [key, name]))
  return {
    points: once(points).map(({ publicId, pointId, clause, text, count }) => ({
      ...{ text, count },
      clauseName: names.get(clause) ?? '',
      letter: `/office/${slug}/splits/${publicId}${pointId ? `#p-${pointId}` : ''}`,
    })),
    listed: points.length,
    clauses: shown,
    otherClauses: Math.max(0, found.length - shownClauses),
    earlier: earlier.map((answer) => ({
      ...answer,
      outcomeName: nameOf(outcomeNames, answer.outcome),
      stateName: nameOf(responseStateNames, answer.state),
      href: `/office/${slug}/responses/${answer.id}`,
    })),
  }
}

function once(points: readonly ReachedPoint[]): (ReachedPoint & { count: number })[] {
  const groups = Map.groupBy(points, ({ clause, text }) => JSON.stringify([clause, text]))
  return [...groups.values()].flatMap((same) => (same[0] ? [{ ...same[0], count: same.length }] : []))
}

/** The clause that most points are about comes first; that of a concern before all. */
function aboutMost(points: readonly ReachedPoint[], concern: Concern | null): string[] {
  const counts = new Map<string, number>()
  for (const { clause } of points) counts.set(clause, (counts.get(clause) ?? 0) + 1)
  const ordered = [...counts].sort(([, a], [, b]) => b - a).map(([clause]) => clause)
  return [...new Set([...(concern ? [concern.clause] : []), ...ordered])]
}

async function themesOf(
  db: Dependencies['db'],
  target: AnswerTarget,
  concern: Concern | null,
  points: readonly ReachedPoint[],
): Promise<string[]> {
  if (concern) return concern.themeId ? [concern.themeId] : []
  if (target.kind === 'reading') return target.filters.theme ? [target.filters.theme] : []
  return themesAmong(db, [...new Set(points.map(({ commentId }) => commentId))])
}

async function shownClause(
  { db }: Pick<Dependencies, 'db'>,
  { id, slug }: Consultation,
  { key, name }: OrderedClause,
): Promise<ShownClause> {
  const [wordings, revised] = await Promise.all([clauseWordings(db, id, key), changedWording(db, id, key)])
  const stood = wordings[0]?.text ?? ''
  const last = wordings.at(-1)
  const now = (revised?.round === last?.round ? revised?.text : null) ?? last?.text ?? stood
  const isChanged = now !== stood
  return {
    name,
    href: `/office/${slug}/clauses/${key}`,
    pieces: isChanged ? differences(stood, now) : [{ change: 'same', text: stood }],
    isChanged,
  }
}
