import { everydayGroups } from '../words/everyday/everyday.ts'
import { keyTerms, wordsOf } from '../words/key-terms.ts'
import { splitSentences } from '../words/sentences.ts'
import { wordCutter } from '../words/word-cutter.ts'
import { dot, factorise } from './factors.ts'
import { featureSpace } from './features.ts'

/** A point as it is read to find what many speak of. */
export interface ReadPoint {
  id: string
  text: string
  stance: string
  /** Who sent it: what one person says in five points is said by one. */
  sender: string
}

/** A theme that nobody has made yet. */
export interface Candidate {
  /** Of its own words. */
  title: string
  /** What tells it apart, the most telling first. */
  words: string[]
  /** The points that it would take, the most typical first. */
  points: string[]
  /** How many persons sent them. */
  people: number
  stances: Record<string, number>
  /** Real ones, of different points: which sentence of which. */
  sentences: { point: string; at: number; text: string }[]
}

export interface Candidates {
  candidates: Candidate[]
  /** How many points fit none. */
  rest: number
}

/** How much each way to read a text counts. */
const views = { words: 1, groups: 2, domains: 2 }
const [most, least, smallest] = [20, 2, 3]
/** A point whose words are less alike a theme's fits none. */
const alike = 0.2
const [mostWords, titleWords, mostSentences] = [8, 3, 3]
const [shortest, longest] = [8, 90]
/** Words that stand in every other theme name none. */
const general = new Set(
  '建议 希望 支持 反对 赞成 同意 文件 老区 革命老区 实施意见 意见 问题 什么 不要 一个 我们 农村 村里 政策 群众 演示 支持意见'.split(
    ' ',
  ),
)

/**
 * At most 20 themes that these points speak of, the greatest first, by non-negative matrix factorisation of their listed
 * words and the groups of these. Copies of one text are read once.
 * @param listed words of the consultation besides those of every day
 */
export function candidatesOf(points: readonly ReadPoint[], listed: readonly string[] = []): Candidates {
  const texts = [...new Set(points.map(({ text }) => text))]
  const placed = placedIn(texts, listed)
  const of = new Map(texts.map((text, place) => [text, placed[place]]))
  const cut = wordCutter(listed)
  const words = new Map(texts.map((text) => [text, wordsOf(text, cut)]))
  const groups = new Map<number, ReadPoint[]>()
  for (const point of points) {
    const factor = of.get(point.text)?.factor ?? -1
    const group = groups.get(factor)
    if (group) group.push(point)
    else groups.set(factor, [point])
  }
  const sizeOf = ({ text }: ReadPoint) => of.get(text)?.likeness ?? 0
  const candidates = [...groups].flatMap(([factor, some]) => {
    if (factor < 0 || some.length < smallest) return []
    const own = some.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.id < b.id ? -1 : 1))
    return [candidateOf(own, tellingWords(own, texts, words))]
  })
  const taken = candidates.reduce((sum, { points }) => sum + points.length, 0)
  return {
    candidates: candidates.toSorted(
      (a, b) => b.points.length - a.points.length || (a.title < b.title ? -1 : 1),
    ),
    rest: points.length - taken,
  }
}

/** What each of these different texts is about: the number of one of at most 20 things, −1 where it is alike to none. */
export function subjectsOf(texts: readonly string[], listed: readonly string[] = []): Int32Array {
  return Int32Array.from(placedIn(texts, listed), ({ factor }) => factor)
}

/** The factor to which each text is most alike; none where it is alike to none. */
function placedIn(said: readonly string[], listed: readonly string[]) {
  const { texts, names } = featureSpace(said, listed, views)
  const count = Math.min(most, Math.max(least, Math.round(Math.sqrt(said.length / 4))))
  const { texts: shares, features: rows } = factorise(texts, names.length, count)
  const lengths = rows.map((row) => Math.sqrt(row.reduce((sum, weight) => sum + weight * weight, 0)))
  return texts.map((text, at) => {
    let [factor, share] = [-1, 0]
    for (const [k, weight] of shares[at]?.entries() ?? []) {
      if (weight * (lengths[k] ?? 0) > share) [factor, share] = [k, weight * (lengths[k] ?? 0)]
    }
    const row = rows[factor]
    const likeness = row ? dot(text, row) / (lengths[factor] || 1) : 0
    return { factor: likeness < alike ? -1 : factor, likeness }
  })
}

function tellingWords(
  own: readonly ReadPoint[],
  texts: readonly string[],
  words: Map<string, Set<string>>,
): string[] {
  const inside = new Set(own.map(({ text }) => text))
  const counts = (some: Iterable<string>) => {
    const found: Record<string, number> = {}
    for (const text of some) for (const word of words.get(text) ?? []) found[word] = (found[word] ?? 0) + 1
    return found
  }
  const outside = texts.filter((text) => !inside.has(text))
  const said = counts(inside)
  const telling = keyTerms(
    { texts: inside.size, words: said },
    [{ texts: outside.length, words: counts(outside) }],
    4 * mostWords,
  ).map(({ word }) => word)
  const often = Object.entries(said)
    .filter(([, count]) => count > 1)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word)
  // Of few texts none stands out for certain: then what is said most often.
  return [...new Set([...telling, ...(telling.length < titleWords ? often : [])])]
    .filter((word) => !general.has(word))
    .slice(0, mostWords)
}

function candidateOf(own: readonly ReadPoint[], words: string[]): Candidate {
  const stances: Record<string, number> = {}
  for (const { stance } of own) stances[stance] = (stances[stance] ?? 0) + 1
  return {
    title: titleOf(words),
    words,
    points: own.map(({ id }) => id),
    people: new Set(own.map(({ sender }) => sender)).size,
    stances,
    sentences: sentencesOf([...new Map(own.map((point) => [point.text, point])).values()], words),
  }
}

/** Words of public life name a theme better than others: 修缮 better than 同时. */
function titleOf(words: readonly string[]): string {
  const named = words.filter((word) => everydayGroups.has(word))
  const title = [...named, ...words.filter((word) => !named.includes(word))].slice(0, titleWords)
  return title.join('、') || '（没有特别的词）'
}

/** Of each point its sentence that has most of the words; of these the ones with most, the most typical points first. */
function sentencesOf(points: readonly ReadPoint[], words: readonly string[]): Candidate['sentences'] {
  const counted = (sentence: string) => words.filter((word) => sentence.includes(word)).length
  return points
    .flatMap(({ id, text }) =>
      splitSentences(text)
        .map(({ text }, at) => ({ point: id, at, text: text.trim(), count: counted(text) }))
        .filter(({ text: { length } }) => length >= shortest && length <= longest)
        .sort((a, b) => b.count - a.count)
        .slice(0, 1),
    )
    .sort((a, b) => b.count - a.count)
    .filter(({ text }, place, all) => all.findIndex((other) => other.text === text) === place)
    .slice(0, mostSentences)
    .map(({ point, at, text }) => ({ point, at, text }))
}
