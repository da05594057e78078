/** A word that nobody had to know beforehand, with how many of the texts have it. */
export interface NewWord {
  word: string
  texts: number
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

const longest = 8
/** How many times more often its halves stand together than chance would have it, as a natural logarithm. */
const leastCohesion = 4
/** How freely what stands before it and behind it changes, in natural units: ln 3 is three neighbours, equally often. */
const leastFreedom = 0.9
/** At so many of its places no known word is cut in two by it. */
const leastUncut = 0.75
/** Of a word's places so many stand by themselves, not within one longer run that is as frequent. */
const ownPlaces = 0.34

/** No word begins or ends with these; what people say with them is grammar, not a name. */
const grammar = new Set(
  '的了是我们你您他她它这那不没有就都也很还吗呢吧么啊呀嘛哦个之其及或在到把被让对从里着过得地和与给跟等能会要可说想去来做用每再才又只最更太真挺别请谁啥咋怎哪几多少什怕先后前上下中内外时候今年后天日月次回种些点块件条张位名家座台辆趟遍吨斤亩元万亿千百十一二两三四五六七八九零〇为以于所将应该由向并且但而因如若则即使比按照当成出起看写问提改加增减无非叫算像已经没正刚跑',
)
/** Words of grammar of two characters, which hold together as well as names do. */
const sayings = new Set(
  '建议 希望 可以 能否 应当 应该 需要 问题 意见 文件 我们 你们 他们 自己 现在 以后 之后 以前 这个 那个 这种 这样 怎么 什么 为什么 没有 不是 不要 不能 不知道 知道 觉得 认为 还是 就是 只是 都是 但是 可是 如果 因为 所以 而且 不过 已经 一直 到底 其实 真的 确实 起来 出来 下来 过来 一下 一点 有点 特别 非常 至少 最好 千万 到时候 的时候'.split(
    ' ',
  ),
)

/** What is asked or done of a thing stands before its name in every other sentence of an office. */
const asked =
  /^(?:支持|鼓励|建议|推动|推进|推行|深入|力争|积极|持续|充分|引进|通报|争取|建设|加快|加强|加大|加力|强化|完善|健全|探索|打造|提升|优化|实施|开展|促进|结合|引导|统筹|落实|明确|写明|列入|列进|纳入|希望|反对|赞成|同意|增加|新增|删去|改为|有点|全面|重点|进一步|开[了个])/u

interface Seen {
  count: number
  /** How often no known word is cut at either end. */
  uncut: number
  texts: number
  lastText: number
  before: Map<string, number>
  behind: Map<string, number>
}

/**
 * Words that stand together more often than chance (pointwise mutual information of the halves that hold together least)
 * and whose neighbours change freely (the lower entropy of those before and behind): Sun, Shen and Tsou, Chinese Word
 * Segmentation without Using Lexicon and Hand-crafted Training Data, COLING 1998; Huang and Powers, Chinese Word
 * Segmentation Based on Contextual Entropy, PACLIC 2003. The more frequent first, then by code point.
 * A word that the segmenter knows is none of them.
 * @param texts copies of one text count once
 * @param leastTexts in so many texts a word must stand
 */
export function newWords(texts: readonly string[], leastTexts = 3, freedom = leastFreedom): NewWord[] {
  const runs = [...new Set(texts)].map((text) => hanRuns(text).map((run) => ({ run, edges: edgesOf(run) })))
  const total = runs.reduce((sum, some) => sum + some.reduce((length, { run }) => length + run.length, 0), 0)
  const seen = frequent(runs, leastTexts)
  const words = new Map<string, NewWord>()
  for (const [word, { count, uncut, texts: having, before, behind }] of seen) {
    if (word.length < 2 || having < leastTexts || uncut < leastUncut * count || !mayBeWord(word)) continue
    if (Math.min(entropy(before), entropy(behind)) < freedom) continue
    if (cohesion(word, count, seen, total) < leastCohesion) continue
    words.set(word, { word, texts: having })
  }
  return wholeOnes(words, seen).sort((a, b) => b.texts - a.texts || (a.word < b.word ? -1 : 1))
}

interface Run {
  run: string
  /** Where the segmenter cuts it. */
  edges: Set<number>
}

function edgesOf(run: string): Set<number> {
  const edges = new Set([run.length])
  for (const { index } of segmenter.segment(run)) edges.add(index)
  return edges
}

function hanRuns(text: string): string[] {
  return text.normalize('NFKC').match(/\p{Script=Han}+/gu) ?? []
}

/** All runs of up to nine characters that occur often enough, level by level: a longer one only where both its parts do. */
function frequent(runs: Run[][], leastTexts: number): Map<string, Seen> {
  const seen = new Map<string, Seen>()
  for (let length = 1; length <= longest; length++) {
    const level = new Map<string, Seen>()
    for (const [text, some] of runs.entries()) {
      for (const run of some) count(run, { length, text, seen, level })
    }
    for (const [word, one] of level) if (length === 1 || one.texts >= leastTexts) seen.set(word, one)
  }
  return seen
}

interface Level {
  length: number
  text: number
  seen: Map<string, Seen>
  level: Map<string, Seen>
}

function count({ run, edges }: Run, { length, text, seen, level }: Level): void {
  for (let at = 0; at + length <= run.length; at++) {
    const word = run.slice(at, at + length)
    if (length > 2 && !(seen.has(word.slice(1)) && seen.has(word.slice(0, -1)))) continue
    let one = level.get(word)
    if (!one) {
      one = { count: 0, uncut: 0, texts: 0, lastText: -1, before: new Map(), behind: new Map() }
      level.set(word, one)
    }
    one.count++
    if (edges.has(at) && edges.has(at + length)) one.uncut++
    if (one.lastText !== text) one.texts++
    one.lastText = text
    if (length === 1) continue
    // What ends a run is a neighbour of its own each time: nothing is freer.
    add(one.before, run[at - 1] ?? `${text} ${at}`)
    add(one.behind, run[at + length] ?? `${text} ${at}`)
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function entropy(counts: Map<string, number>): number {
  let total = 0
  for (const count of counts.values()) total += count
  let sum = 0
  for (const count of counts.values()) sum -= (count / total) * Math.log(count / total)
  return sum
}

function cohesion(word: string, count: number, seen: Map<string, Seen>, total: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 1; at < word.length; at++) {
    const [first, second] = [seen.get(word.slice(0, at)), seen.get(word.slice(at))]
    if (!first || !second) continue
    least = Math.min(least, Math.log((count * total) / (first.count * second.count)))
  }
  return least
}

function mayBeWord(word: string): boolean {
  if (asked.test(word) || sayings.has(word) || isKnown(word)) return false
  const characters = [...word]
  return (
    !grammar.has(characters[0] ?? '') &&
    !grammar.has(characters.at(-1) ?? '') &&
    !/[的了吗呢吧是我你他她它这那不没]/u.test(word)
  )
}

function isKnown(word: string): boolean {
  return [...segmenter.segment(word)].length === 1
}

/** Without those that stand almost only within one longer word. */
function wholeOnes(words: Map<string, NewWord>, seen: Map<string, Seen>): NewWord[] {
  const within = new Map<string, number>()
  for (const longer of words.keys()) {
    const count = seen.get(longer)?.count ?? 0
    for (let from = 0; from < longer.length; from++) {
      for (let to = from + 2; to <= longer.length; to++) {
        const part = longer.slice(from, to)
        if (part !== longer) within.set(part, Math.max(within.get(part) ?? 0, count))
      }
    }
  }
  return [...words.values()].filter(({ word }) => {
    const all = seen.get(word)?.count ?? 0
    return all - (within.get(word) ?? 0) >= ownPlaces * all
  })
}
