import { citedPapers } from '../words/draft-words.ts'
import { everydayGroups } from '../words/everyday/everyday.ts'

/** What somebody brings who says something that few say: a figure, a law or standard, a place, an experience of their own. */
export const baseNames = {
  figure: '数据',
  law: '法规标准',
  place: '具体地点',
  experience: '亲身经历',
} as const
export type Base = keyof typeof baseNames
export const bases = Object.keys(baseNames) as Base[]

/** How much each counts, when those that bring most are listed first. */
const weights: Record<Base, number> = { law: 3, figure: 2, experience: 2, place: 1 }

const units =
  '[%％‰]|个百分点|[万亿]?(?:元|块钱?|亩|公顷|公里|里[地路]|里|米|厘米|毫米|平方?米|立方米|方|吨|公斤|斤|千瓦时|千瓦|度电|度)|岁|小时|分钟|天|个月|户|人次|人|名|口人|张床|床|间|座|台|辆|趟|倍|成|家企业'
const counted = '个|次|件|处|条'
/** From its first digit on: else each digit of a long one would be tried. */
const number = '(?<![\\d,.])\\d[\\d,.]{0,11}'
const numerals = '一二三四五六七八九十百千万两半'
const figures = new RegExp(
  `(?:${number}|(?<![${numerals}])[${numerals}]{1,8})多?几?\\s?(?:${units})|${number}\\s?(?:${counted})`,
  'gu',
)
const laws =
  /《[^《》\n]{2,40}(?:法|典|条例|办法|规定|规程|规则|标准|规范|意见|通知|方案|规划|决定|细则|纲要|指南)(?:[（(][^（()）]*[）)])?》|\p{Script=Han}{2,14}(?:法|法典|民法典|条例)第[一二三四五六七八九十百零\d]+条|〔(?:19|20)\d\d〕\s*\d+\s*号|第\s*\d+\s*号令|\b(?:GB|DB|HJ|NY|JT|SL|CJJ?|LY)(?:\/T|／T)?\s?\d{2,}(?:\.\d+)?/gu
/** What a place's own name stands before. */
const kinds = /[村镇乡]|街道|社区|水库|大桥|隧道|煤矿|铁矿|林场|灌区|小学|中学|旧址|纪念馆/gu
/** 我们村, 每个镇, 和李村: what begins so is no name; nor what ends so. */
const [begins, ends] = [
  /[我俺咱各每邻近旧老新小大古该哪那这个的到在进出回和与及或对把让给建设有上下些几两一二三四五多户撤并合迁拆通]/u,
  /[我俺咱各每邻个的座所条里这那本全到进出在村镇乡给了着往向从把被是不没等就也都下上些中人去要]/u,
]
/** 西井, 东田, 石匣: a word of the dictionary that ends as places do. */
const natural = /[井庄关沟岭河山坡田店堡寨坪湾泉峪塬垣城阳川匣溪塘滩洼岩崖谷坝渡桥]$/u
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const people = /[我俺咱]|本人|自家|家里|孩子|老伴/u
const lived =
  /了[一二三四五六七八九十百两几\d]{1,6}[多几]?[年天趟次回个]|[一二三四五六七八九十百两几\d]{1,6}[多几]?年(?:了|多|来|前)|去年|前年|大前年|今年|上个?月|上周|那年|当年|亲眼|亲身|亲历|经历|退休|种了|养了|开了|跑了|等了|去过|看过|住过|干过|问过/u

/** What of these the text of the draft says itself is nobody's own. */
export type DraftBases = ReadonlySet<string>

/** The figures, laws and places of a draft. @param texts of its clauses */
export function draftBases(texts: readonly string[]): DraftBases {
  const text = texts.join('\n')
  return new Set([
    ...Array.from(text.matchAll(figures), ([figure]) => figure.replace(/\s/gu, '')),
    ...citedPapers(text),
    ...Array.from(text.matchAll(laws), ([law]) => law),
    ...texts.flatMap(namedPlaces),
  ])
}

/**
 * The bases of a sentence that are not the draft's own.
 * @param known names of counties and cities that the draft does not name
 */
export function basesOf(sentence: string, draft: DraftBases, known: readonly string[]): Base[] {
  const found: Record<Base, boolean> = {
    figure: Array.from(sentence.matchAll(figures)).some(([figure]) => isFigure(figure, draft)),
    law: Array.from(sentence.matchAll(laws)).some(
      ([law], _, all) =>
        !draft.has(law) && (all.length > 1 || !citedPapers(law).some((title) => draft.has(title))),
    ),
    place:
      known.some((name) => sentence.includes(name)) ||
      namedPlaces(sentence).some((place) => !draft.has(place)),
    experience: people.test(sentence) && lived.test(sentence),
  }
  return bases.filter((base) => found[base])
}

/** Villages, bridges and schools by their names: what stands before 村 and is no word of the dictionary, as in 王和镇. */
function namedPlaces(sentence: string): string[] {
  if (sentence.search(kinds) < 0) return []
  const words = Array.from(segmenter.segment(sentence), ({ segment }) => segment)
  const starts: number[] = []
  let start = 0
  for (const word of words) {
    starts.push(start)
    start += word.length
  }
  return Array.from(sentence.matchAll(kinds)).flatMap(({ 0: kind, index }) => {
    const at = starts.indexOf(index)
    const name = words.slice(Math.max(0, at - 2), at)
    const isName =
      name.length === 2 &&
      name.every((word) => isHan(word, 1)) &&
      !begins.test(name[0] ?? '') &&
      !ends.test(name[1] ?? '')
    const known = name.at(-1) ?? ''
    const isKnown = isHan(known, 2) && natural.test(known) && !everydayGroups.has(known)
    return at > 0 && (isName || isKnown) ? [(isName ? name.join('') : known) + kind] : []
  })
}

function isHan(word: string, length: number): boolean {
  return word.length === length && /^\p{Script=Han}+$/u.test(word)
}

/** 一年 and 两人 are ways of speaking: without a digit a figure counts from ten on, or where it is money, land or a share. */
function isFigure(figure: string, draft: DraftBases): boolean {
  const plain = figure.replace(/\s/gu, '')
  if (draft.has(plain)) return false
  return /\d/.test(plain) || /[十百千万].*\D$|元|块|亩|斤|吨|成|里[地路]?$|公里/u.test(plain)
}

export function weightOf(found: readonly Base[]): number {
  return found.reduce((sum, base) => sum + weights[base], 0)
}
