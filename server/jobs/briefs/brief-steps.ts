import type { KeptSection } from '../../../db/queries/briefs/making.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ClausePlace, clausePlaces } from '../../documents/papers/clause-places.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { type ClauseVoices, mostQuoted, type SectionKey, theWhole } from '../../rules/briefs/brief.ts'
import { unusualNumbers } from '../../rules/briefs/unusual-numbers.ts'
import type { Day } from '../../rules/days.ts'
import { TextThread } from '../text-thread.ts'
import { type BriefComment, type BriefPoint, briefPoints } from './brief-points.ts'
import { BriefPart, type NumberedPoint } from './brief-sections.ts'
import { BriefTexts, draftKnown } from './brief-texts.ts'

/** The whole of 100,000 comments at once, of which 25 s of a processor are needed, beside much else. */
const ofAllSentences = { time: 300_000, memory: 2048 }

type Tell = (progress: { done: number; total: number }) => Promise<void>
type Places = ReadonlyMap<string, ClausePlace>

/**
 * The sections of a brief as of a day, step by step, each of which takes a moment: a page of comments, or a section.
 * @param tell after each page, how many comments have been read of how many
 * @param places the consultation's clauses where they have been read
 */
export async function* briefSteps(
  deps: Pick<Dependencies, 'db'>,
  consultation: Consultation,
  day: Day,
  tell: Tell,
  places?: Places,
): AsyncGenerator<void, KeptSection[], void> {
  const thread = new TextThread(undefined, ofAllSentences)
  try {
    const read = yield* gathered(deps, thread, consultation, { day, tell, places })
    const sections: KeptSection[] = []
    for (const [key, points] of partsOf(read)) {
      const part = await BriefPart.of(points, read.texts)
      const summed = await thread.ask('summed', await part.section(), mostQuoted[key.kind])
      const isWhole = key.kind === 'whole'
      const comments = isWhole ? read.comments : [...new Set(points.map(({ comment }) => comment))]
      const ofWhole = isWhole
        ? { clauses: voicesOf(read), unusual: unusualIn(read) }
        : { clauses: [], unusual: null }
      sections.push({ ...key, said: { ...part.kept(comments, summed), ...ofWhole } })
      yield
    }
    return sections
  } finally {
    await thread.close()
  }
}

interface Gathered {
  comments: BriefComment[]
  points: NumberedPoint[]
  texts: BriefTexts
  clauses: string[]
}

async function* gathered(
  { db }: Pick<Dependencies, 'db'>,
  thread: TextThread,
  consultation: Consultation,
  { day, tell, places: known }: { day: Day; tell: Tell; places: Places | undefined },
): AsyncGenerator<void, Gathered, void> {
  const [places, cells] = await Promise.all([
    known ?? clausePlaces(db, consultation.id),
    countCells(db, consultation.id),
  ])
  const admitted = cells.filter(({ state }) => admittedStates.some((one) => one === state))
  const total = admitted.reduce((sum, { count }) => sum + count, 0)
  const draft = [...Array.from(places.values(), ({ text }) => text), consultation.explanation]
  const texts = new BriefTexts(thread, await draftKnown(thread, draft, consultation))
  const clauses = [...places.keys()]
  const [comments, points]: [BriefComment[], (BriefPoint & { number: number })[]] = [[], []]
  let done = 0
  const read = async (count: number) => {
    done = Math.min(total, done + count)
    await tell({ done, total })
  }
  for await (const page of briefPoints({ db }, consultation, clauses, day, read)) {
    const numbers = await texts.numbersOf(page.points.map(({ text }) => text))
    for (const comment of page.comments) comments.push(comment)
    // The words are with the texts: a point keeps their number alone.
    for (const [at, point] of page.points.entries())
      points.push({ ...point, text: '', number: numbers[at] ?? -1 })
    yield
  }
  return { comments, points: await withSubjects(points, texts), texts, clauses }
}

/**
 * What each point is about: the theme under which a person has put it, else its concern, else the theme that the portal
 * proposes, else what its words say.
 */
async function withSubjects(
  points: readonly (BriefPoint & { number: number })[],
  texts: BriefTexts,
): Promise<NumberedPoint[]> {
  const named = new Map<string, number>()
  const subjects = points.map(({ themes, concern, proposed }) => {
    const name = themes[0] ?? concern ?? proposed
    if (name === null) return null
    const known = named.get(name) ?? named.size
    named.set(name, known)
    return known
  })
  const unnamed = [...new Set(points.flatMap(({ number }, at) => (subjects[at] === null ? [number] : [])))]
  const found = await texts.subjectsOf(unnamed)
  return points.map((point, at) => {
    const own = subjects[at] ?? null
    const read = found.get(point.number) ?? -1
    return { ...point, subject: own ?? (read < 0 ? -1 : named.size + read) }
  })
}

/** The whole, then each clause and each theme of which anything is said. */
function partsOf({ points, clauses }: Gathered): [SectionKey, NumberedPoint[]][] {
  const byClause = new Map<string, NumberedPoint[]>(clauses.map((clause) => [clause, []]))
  const byTheme = new Map<string, NumberedPoint[]>()
  for (const point of points) {
    byClause.get(point.clause)?.push(point)
    for (const theme of point.themes) {
      const own = byTheme.get(theme)
      if (own) own.push(point)
      else byTheme.set(theme, [point])
    }
  }
  return [
    [theWhole, points],
    ...keyed('clause', byClause),
    ...keyed('theme', new Map([...byTheme].sort(([a], [b]) => (a < b ? -1 : 1)))),
  ]
}

function keyed(
  kind: SectionKey['kind'],
  parts: ReadonlyMap<string, NumberedPoint[]>,
): [SectionKey, NumberedPoint[]][] {
  return [...parts].flatMap(([key, points]) => (points.length > 0 ? [[{ kind, key }, points]] : []))
}

function voicesOf({ points, clauses }: Gathered): ClauseVoices[] {
  const order = new Map(clauses.map((clause, place) => [clause, place]))
  const voices = new Map<string, Record<'all' | 'support' | 'oppose', Set<unknown>> & { points: number }>()
  for (const { clause, stance, comment } of points) {
    const own = voices.get(clause) ?? { all: new Set(), support: new Set(), oppose: new Set(), points: 0 }
    own.points++
    own.all.add(comment.submission)
    if (stance === 'support' || stance === 'oppose') own[stance].add(comment.submission)
    voices.set(clause, own)
  }
  return [...voices]
    .map(([clause, { points, all, support, oppose }]) => ({
      ...{ clause, points, people: all.size, support: support.size, oppose: oppose.size },
    }))
    .sort((a, b) => (order.get(a.clause) ?? 0) - (order.get(b.clause) ?? 0))
}

function unusualIn({ comments, points }: Gathered) {
  const campaigns = new Map<string, Set<unknown>>()
  for (const { campaign, comment } of points) {
    if (campaign === null) continue
    const people = campaigns.get(campaign) ?? new Set()
    campaigns.set(campaign, people.add(comment.submission))
  }
  const times = Array.from(new Set(comments.map(({ submission }) => submission)), ({ at }) => at)
  return unusualNumbers(times, new Map(Array.from(campaigns, ([id, people]) => [id, people.size])))
}
