import { type Cue, cueBefore, cueBehind, isPublicBetween, mayIntroduce } from './cues.ts'
import { givenScore } from './given-names.ts'
import type { FoundPiece } from './kinds.ts'
import { isPlaceAt } from './places.ts'
import { isPublicFigure } from './public-figures.ts'
import { surnameAt, surnameScore } from './surnames.ts'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

interface Candidate {
  start: number
  end: number
  score: number
  cue: Cue
  behind: string
}

/** From here on something is held for a name; a little more, and it is sure. */
const [enough, sure] = [3, 5]

/**
 * Names of persons: a surname, one or two characters more, and what stands around them. A name is told by many small
 * things, of which none is enough: they are added up.
 * @param stays names of persons in public office, which are no private ones
 */
export function* names(text: string, words: Words, stays: ReadonlySet<string>): Generator<FoundPiece> {
  const found: Candidate[] = []
  for (let place = 0; place < text.length; place++) {
    const best = bestAt(text, place, words)
    if (best) found.push(best)
  }
  yield* foreignNames(text)
  for (const { start, end, score, cue, behind } of strongest(listed(found, text))) {
    const name = text.slice(start, end)
    if (isPublicFigure(name) || stays.has(name)) continue
    yield { start, end, kind: 'name', ...(score < sure ? { unsure: true } : {}), why: reason(cue, behind) }
  }
}

/** Of those that overlap, the likeliest; none that is not likely enough. */
function strongest(found: Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const one of found) {
    if (one.score < enough) continue
    const last = kept.at(-1)
    if (!last || last.end <= one.start) kept.push(one)
    else if (last.score < one.score) kept[kept.length - 1] = one
  }
  return kept
}

function reason({ word }: Cue, behind: string): string {
  if (word) return `在“${word}”之后`
  return behind ? `在“${behind}”之前` : '姓氏和用字像姓名'
}

/** Where each word of a text ends by the place where it begins, by the dictionary; 0 where none begins. */
export type Words = Int32Array

export function wordsOf(text: string): Words {
  const ends = new Int32Array(text.length + 1)
  for (const { index, segment } of segmenter.segment(text)) ends[index] = index + segment.length
  ends[text.length] = text.length
  return ends
}

/** 张书记, 李老师: an office, which stays. */
const titles =
  /^(?:书记|主任|老师|县长|市长|局长|处长|科长|部长|厅长|镇长|乡长|校长|院长|所长|站长|队长|经理|总|工|医生|大夫|同志|先生|女士|师傅|老板|律师|法官|教授|院士|将军|总理|主席)/u
const han = /^\p{Script=Han}+$/u

function bestAt(text: string, start: number, ends: Words): Candidate | null {
  const surname = surnameAt(text, start)
  if (surname === 0 && !mayIntroduce(text[start - 1])) return null
  const isWordsBeginning = ends[start] !== 0
  const cue = cueBefore(text.slice(Math.max(0, start - 10), start))
  if (!isWordsBeginning && cue.weight < 2) return null
  if (surname === 0 && !cue.introduces) return null
  // 师傅, 老师傅
  if (text[start] === '傅' && text[start - 1] === '师') return null
  if (isPlaceAt(text, start)) return null
  let best: Candidate | null = null
  for (const length of surname === 2 ? [4, 3] : [3, 2]) {
    const end = start + length
    const name = text.slice(start, end)
    if (name.length < length || !han.test(name) || titles.test(name.slice(surname || 1))) continue
    const isWhole = ends[end] !== 0 || end === text.length
    const behind = cueBehind(text.slice(end, end + 14))
    if (isPublicBetween(text.slice(Math.max(0, start - 6), start), text.slice(end, end + 6))) continue
    const score =
      cue.weight +
      behind.weight +
      scoreOf(name, surname, start, ends) +
      (isWhole ? 0 : -2) +
      (length === 2 ? -1.5 : 0)
    if (!best || score > best.score) best = { start, end, score, cue, behind: behind.word }
  }
  return best
}

/** How much a name looks like one by itself. */
function scoreOf(name: string, surname: 0 | 1 | 2, start: number, ends: Words): number {
  const given = name.slice(surname || 1)
  const first = ends[start] ?? 0
  // A word of the dictionary, or one that begins with the surname and goes on.
  const asWord = first === start + name.length ? -3 : first > start + surname ? -1.5 : 0
  return surnameScore(name.slice(0, surname || 1)) + givenScore(given) + asWord
}

/** Names in a row, with 、 or a comma between, speak for one another. */
function listed(found: Candidate[], text: string): Candidate[] {
  return found.map((one, place) => {
    const isNeighbour = (other: Candidate | undefined) =>
      other !== undefined &&
      other.score >= enough &&
      /^(?:家?[、，,和与]|及)$/u.test(
        text.slice(Math.min(one.end, other.end), Math.max(one.start, other.start)),
      )
    const near = [-3, -2, -1, 1, 2, 3].some((step) => isNeighbour(found[place + step]))
    return near ? { ...one, score: one.score + 1.5 } : one
  })
}

const sounds: ReadonlySet<string> = new Set(
  '阿依古丽买提尔汗木江巴特那布达扎西卓玛次仁帕夏孜力克铁斯坦库拉玉素甫热合曼努艾哈麦德吐逊肉沙塔什加马乌云其格图日勒敖宝音朝鲁娜仁顺苏赫吉央金旺杰洛桑多尼玛丹增格桑平措索南罗嘎迪亚森塞亚森伊敏不都赛来祖莱萨伊凯撒尼牙再米娅莎',
)
const parted = /·(?<=([\p{Script=Han}]{2,7})·)[\p{Script=Han}]{2,7}(?:·[\p{Script=Han}]{1,7})?/gu

/** Names that are written with a dot: 阿依古丽·买买提. */
function* foreignNames(text: string): Generator<FoundPiece> {
  for (const { 0: found, 1: before = '', index } of text.matchAll(parted)) {
    const characters = [...(before + found)].filter((character) => character !== '·')
    const like = characters.filter((character) => sounds.has(character)).length
    if (like / characters.length < 0.5) continue
    let start = index - before.length
    while (start < index - 2 && !sounds.has(text[start] ?? '')) start++
    let end = index + found.length
    while (end > index + 3 && !sounds.has(text[end - 1] ?? '')) end--
    yield { start, end, kind: 'name', why: '用间隔号连接的姓名' }
  }
}
