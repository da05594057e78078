import type { SampledAnswer } from '../../../db/queries/answers/sampled-answers.ts'
import { isEmptyPhrase, type WarningKind, warningNames } from '../../rules/answers/one-voice.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { alikeGroups } from '../../text/comparing/alike-groups.ts'
import { letters } from '../../text/comparing/fingerprints.ts'
import { pairsOf, similarity } from '../../text/comparing/similarity.ts'
import { excerpt } from '../../text/words/sentences.ts'

/** Something to look at once more, with what it is about; it bars nothing. */
export interface Warning {
  text: string
  links: { name: string; href: string }[]
  /** How many more there are than the links. */
  more: number
}

/** Warnings of one kind. */
export interface WarningGroup {
  kind: WarningKind
  name: string
  warnings: Warning[]
}

/** From this similarity on two points say nearly the same; below the other they have nothing to do with one another. */
const alike = 0.8
const unlike = 0.3
/** So many points that were given one reason are compared. */
const mostOfReason = 100
/** So many answers are linked from one warning. */
const mostLinks = 6

/** An answer that is looked at, and whether anything is said of it or it is only compared with. */
type Compared = SampledAnswer & { isAsked: boolean }

/**
 * What does not go together among answers, by kind: contradictions, reasons that say nothing, reasons that were copied.
 * @param answers those of which something is said, and others with which these are only compared
 */
export async function comparedWarnings(
  slug: string,
  answers: { asked: SampledAnswer[]; others: SampledAnswer[] },
  called: (clause: string) => string,
): Promise<[WarningKind, Warning[]][]> {
  const compared = [
    ...answers.asked.map((answer) => ({ ...answer, isAsked: true })),
    ...answers.others.map((answer) => ({ ...answer, isAsked: false })),
  ]
  return [
    ['contradiction', await contradictions(slug, compared, called)],
    ['empty', emptyReasons(slug, compared)],
    ['copied', copiedReasons(slug, compared, called)],
  ]
}

/** Warnings by kind, in the order of the kinds, without those of which there are none. */
export function grouped(kinds: [WarningKind, Warning[]][]): WarningGroup[] {
  const found = new Map(kinds)
  return Object.entries(warningNames).flatMap(([kind, name]) => {
    const warnings = found.get(kind as WarningKind) ?? []
    return warnings.length > 0 ? [{ kind: kind as WarningKind, name, warnings }] : []
  })
}

async function contradictions(
  slug: string,
  answers: readonly Compared[],
  called: (clause: string) => string,
): Promise<Warning[]> {
  const byClause = Map.groupBy(pointsOf(answers), ({ clause }) => clause)
  const found: Warning[] = []
  for (const [clause, points] of byClause) {
    const texts = points.map(({ text }) => text)
    for (const group of await alikeGroups(texts, alike)) {
      const answered = group.flatMap((place) => points[place] ?? [])
      const given = onceEach(answered.map(({ answer }) => answer))
      const isMeant = given.some(({ isAsked }) => isAsked)
      if (!isMeant || new Set(given.map(({ outcome }) => outcome)).size < 2) continue
      const words = excerpt(answered[0]?.text ?? '', 40)
      const text = `${called(clause)}：差不多的意见得到了不同的答复：“${words}”`
      found.push({ text, ...linksTo(slug, given) })
    }
  }
  return found
}

function emptyReasons(slug: string, answers: readonly Compared[]): Warning[] {
  return [...byReason(answers.filter(({ isAsked, reason }) => isAsked && isEmptyPhrase(reason)))].map(
    ([, given]) => ({
      text: `“${excerpt(given[0]?.reason ?? '', 40)}”：只是一句套话，没有说明怎样研究、为什么。`,
      ...linksTo(slug, given),
    }),
  )
}

/** One reason, which says something, for points of different clauses that have no words in common. */
function copiedReasons(
  slug: string,
  answers: readonly Compared[],
  called: (clause: string) => string,
): Warning[] {
  const reasoned = answers.filter(({ reason }) => !isEmptyPhrase(reason))
  return [...byReason(reasoned)].flatMap(([, given]) => {
    const apart = given.some(({ isAsked }) => isAsked)
      ? firstUnlike(pointsOf(given).slice(0, mostOfReason))
      : null
    if (!apart) return []
    const [one, other] = apart.map(({ clause, text }) => `${called(clause)}“${excerpt(text, 20)}”`)
    const reason = excerpt(given[0]?.reason ?? '', 30)
    return [{ text: `“${reason}”：同一个理由既用于${one}，也用于${other}。`, ...linksTo(slug, given) }]
  })
}

type ComparedPoint = SampledAnswer['points'][number] & { answer: Compared }

function pointsOf(answers: readonly Compared[]): ComparedPoint[] {
  return answers.flatMap((answer) => answer.points.map((point) => ({ ...point, answer })))
}

/** The first of these and one of another clause that is unlike it; null where there is none. */
function firstUnlike(points: ComparedPoint[]): [ComparedPoint, ComparedPoint] | null {
  const [first, ...others] = points
  if (!first) return null
  const said = pairsOf(first.text)
  const other = others.find(
    ({ clause, text }) => clause !== first.clause && similarity(said, pairsOf(text)) < unlike,
  )
  return other ? [first, other] : null
}

function byReason(answers: readonly Compared[]): Map<string, Compared[]> {
  return Map.groupBy(answers, ({ reason }) => letters(reason).join(''))
}

/** Each outcome is linked before any a second time. */
function linksTo(slug: string, answers: readonly Compared[]): Pick<Warning, 'links' | 'more'> {
  const seen = new Set<string>()
  const firsts = answers.filter(({ outcome }) => !seen.has(outcome) && seen.add(outcome))
  const ordered = onceEach([...firsts, ...answers])
  return {
    links: ordered.slice(0, mostLinks).map(({ id, outcome }) => ({
      name: nameOf(outcomeNames, outcome),
      href: `/office/${slug}/responses/${id}`,
    })),
    more: Math.max(0, ordered.length - mostLinks),
  }
}

function onceEach(answers: readonly Compared[]): Compared[] {
  return [...new Map(answers.map((answer) => [answer.id, answer])).values()]
}
