import { setImmediate as others } from 'node:timers/promises'
import type {
  BriefCounts,
  BriefSection,
  Quotation,
  QuotedPoints,
  RarePoint,
  StanceSummary,
} from '../../rules/briefs/brief.ts'
import { type People, peopleOf } from '../../rules/intakes/people.ts'
import { stanceNames } from '../../rules/names.ts'
import { bases } from '../../text/briefing/bases.ts'
import type { Section } from '../../text/briefing/section.ts'
import type { Summed } from '../../text/briefing/summed.ts'
import type { BriefComment, BriefPoint, BriefSubmission } from './brief-points.ts'
import type { BriefTexts, Sentence } from './brief-texts.ts'

/** A point whose text is read: the number of its text, and of what it is about (−1: not known). */
export interface NumberedPoint extends BriefPoint {
  text: string
  number: number
  subject: number
}

const stances = Object.keys(stanceNames)

/** A text of one stance in a section, with the points that say it. */
interface Said {
  stance: number
  subject: number
  number: number
  points: NumberedPoint[]
  people: number
  tie: string | null
}

/** A part of a consultation, as it is told the thread and as what comes of that is kept. */
export class BriefPart {
  readonly #points: readonly NumberedPoint[]
  readonly #said: Said[]
  readonly #sentences: (Sentence & { text: number })[]

  private constructor(
    points: readonly NumberedPoint[],
    said: Said[],
    sentences: (Sentence & { text: number })[],
  ) {
    this.#points = points
    this.#said = said
    this.#sentences = sentences
  }

  /** Of the points, however many: between some thousands of them everybody else gets a turn. */
  static async of(points: readonly NumberedPoint[], texts: BriefTexts): Promise<BriefPart> {
    const found = new Map<string, Said>()
    for await (const point of inTurns(points)) gatherInto(found, point)
    const said = [...found.values()]
    const sentences: (Sentence & { text: number })[] = []
    let text = 0
    for await (const one of inTurns(said)) {
      one.people = senders(one.points).size
      for (const sentence of texts.sentencesOf(one.number)) sentences.push({ ...sentence, text })
      text++
    }
    return new BriefPart(points, said, sentences)
  }

  /** What the thread reads of it. */
  async section(): Promise<Section> {
    const said = this.#said
    const sentences = this.#sentences
    const ties = new Map<string, number>()
    const tieOf = (tie: string | null) => {
      if (tie === null) return -1
      const known = ties.get(tie) ?? ties.size
      ties.set(tie, known)
      return known
    }
    const count = sentences.reduce((sum, { features }) => sum + features.length, 0)
    const section = {
      stances: Uint8Array.from(said, ({ stance }) => stance),
      subjects: Int32Array.from(said, ({ subject }) => subject),
      ties: Int32Array.from(said, ({ tie }) => tieOf(tie)),
      points: Int32Array.from(said, ({ points }) => points.length),
      people: Int32Array.from(said, ({ people }) => people),
      texts: new Int32Array(sentences.length),
      quotable: new Uint8Array(sentences.length),
      bases: new Uint8Array(sentences.length),
      offsets: new Int32Array(sentences.length + 1),
      features: new Int32Array(count),
    }
    let at = 0
    for await (const { text, isQuotable, bases, features } of inTurns(sentences)) {
      const from = section.offsets[at] ?? 0
      section.texts[at] = text
      section.quotable[at] = isQuotable ? 1 : 0
      section.bases[at] = bases
      section.features.set(features, from)
      section.offsets[++at] = from + features.length
    }
    return section
  }

  /** What is kept of it. @param comments those that it has points of, and others of it that ask for nothing */
  kept(
    comments: readonly BriefComment[],
    { representatives, rare }: Summed,
  ): Omit<BriefSection, 'clauses' | 'unusual'> {
    const fresh = comments.filter(({ isFresh }) => isFresh)
    return {
      counts: countsOf(comments, this.#points),
      people: peopleBehind(new Set(comments.map(({ submission }) => submission))),
      fresh: countsOf(
        fresh,
        this.#points.filter(({ comment }) => comment.isFresh),
      ),
      revised: comments.filter(({ isRevised }) => isRevised).length,
      stances: stances.flatMap((stance, number) => {
        const own = representatives.filter(({ sentence }) => this.#of(sentence).stance === number)
        return this.#summary(stance, own)
      }),
      ...originsOf(comments),
      rare: { found: rare.found, quotations: rare.sentences.map((sentence) => this.#rare(sentence)) },
    }
  }

  #of(sentence: number): Said {
    const said = this.#said[this.#sentences[sentence]?.text ?? -1]
    if (!said) throw new Error(`there is no sentence ${sentence}`)
    return said
  }

  #summary(stance: string, representatives: Summed['representatives']): StanceSummary[] {
    const points = this.#points.filter((point) => point.stance === stance)
    if (points.length === 0) return []
    const quotations = representatives.map(({ sentence, texts }): QuotedPoints => {
      const said = texts.flatMap((text) => this.#said[text]?.points ?? [])
      return { ...this.#quotation(sentence), points: said.length, ...peopleBehind(senders(said)) }
    })
    const covered = quotations.reduce((sum, quotation) => sum + quotation.points, 0)
    return [{ stance, points: points.length, ...peopleBehind(senders(points)), covered, quotations }]
  }

  #rare(sentence: number): RarePoint {
    const bits = this.#sentences[sentence]?.bases ?? 0
    return { ...this.#quotation(sentence), bases: bases.filter((_, bit) => (bits >> bit) & 1) }
  }

  /** In the first comment that says it. */
  #quotation(sentence: number): Quotation {
    const { start, end } = this.#sentences[sentence] as Sentence
    const [point] = this.#of(sentence).points as [NumberedPoint]
    const { publicId: comment, version, length } = point.comment
    return { comment, version, length, start: point.start + start, end: point.start + end }
  }
}

function gatherInto(found: Map<string, Said>, point: NumberedPoint): void {
  const { number, subject, concern, campaign } = point
  const tie = concern ?? campaign
  const key = `${point.stance} ${number} ${subject} ${tie}`
  const said = found.get(key)
  if (said) said.points.push(point)
  else
    found.set(key, {
      ...{ stance: stances.indexOf(point.stance), subject, number, points: [point], people: 0, tie },
    })
}

/** So many take some milliseconds. */
const atOnce = 5000

/** All of them, with a turn for everybody else between some thousands. */
async function* inTurns<Each>(all: readonly Each[]): AsyncGenerator<Each> {
  for (let from = 0; from < all.length; from += atOnce) {
    yield* all.slice(from, from + atOnce)
    await others()
  }
}

function senders(points: readonly BriefPoint[]): Set<BriefSubmission> {
  return new Set(points.map(({ comment }) => comment.submission))
}

function peopleBehind(submissions: ReadonlySet<BriefSubmission>): People {
  return peopleOf(Array.from(submissions, ({ present }) => present))
}

function countsOf(comments: readonly BriefComment[], points: readonly BriefPoint[]): BriefCounts {
  const submissions = new Set(comments.map(({ submission }) => submission)).size
  return { submissions, comments: comments.length, points: points.length }
}

function originsOf(
  comments: readonly BriefComment[],
): Pick<BriefSection, 'regions' | 'channels' | 'identities'> {
  const submissions = [...new Set(comments.map(({ submission }) => submission))]
  const counted = (name: (of: BriefSubmission) => string): [string, number][] => {
    const counts = new Map<string, number>()
    for (const submission of submissions)
      counts.set(name(submission), (counts.get(name(submission)) ?? 0) + 1)
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  }
  return {
    regions: counted(({ region }) => region),
    channels: counted(({ channel }) => channel),
    identities: counted(({ identity }) => identity),
  }
}
