import { newWords } from './new-words.ts'

/** A place with those within it, as a consultation offers them. */
interface Place {
  name: string
  counties: string[]
}

/** A draft is careful with its words: what it says twice is meant. */
const [leastParts, leastFreedom] = [2, 0.5]

/**
 * The words and names that a draft itself gives: what it says more than once, what it quotes, the laws and papers that it
 * cites, and the three that 黄河、长城、太行三个一号旅游公路 names at once.
 * @param texts of its clauses and its explanation
 */
export function draftWords(texts: readonly string[]): string[] {
  const text = texts.join('\n').normalize('NFKC')
  const parts = text.split(/[^\p{L}\p{N}]+/u)
  return [
    ...new Set([
      ...newWords(parts, leastParts, leastFreedom).map(({ word }) => word),
      ...citedPapers(text),
      ...Array.from(text.matchAll(/[“‘"]([\p{L}\p{N}·+]{2,12})[”’"]/gu), ([, word = '']) => word),
      ...namedAtOnce(text),
    ]),
  ]
}

/** The laws and papers that a text cites, without their brackets. */
export function citedPapers(text: string): string[] {
  const titles = Array.from(text.matchAll(/《([^《》\n]{3,40})》/gu), ([, title = '']) => title)
  return titles.map((title) => title.replace(/[（(][^（()）]*[）)]$/u, '')).filter(({ length }) => length > 2)
}

/** A、B、C三个X is AX, BX, CX. */
function namedAtOnce(text: string): string[] {
  const several =
    /((?:\p{Script=Han}{2,4}、){1,5}\p{Script=Han}{2,4}?)[两二三四五六]个(\p{Script=Han}{2,8})/gu
  return Array.from(text.matchAll(several)).flatMap(([, named = '', said = '']) => {
    const thing = thingOf(said)
    return thing === null
      ? []
      : named.split('、').map((name) => name.replace(/^(?:实施|推动|建设|打造|支持|推进)/u, '') + thing)
  })
}

/** As far as the thing's name goes: 一号旅游公路沿线提质 is 一号旅游公路; null where it has none, as 三个方面. */
function thingOf(said: string): string | null {
  return /^.*?(?:公路|铁路|工程|基地|园区|公园|行动|计划|平台|中心|[市县区省村镇])/u.exec(said)?.[0] ?? null
}

/** The names of places, also without what kind of place they are: 沁源县 and 沁源. */
export function placeWords(places: readonly Place[]): string[] {
  const names = places.flatMap(({ name, counties }) => [name, ...counties])
  const short = names.map((name) => name.replace(/(?:[市县区州盟旗]|自治[州县])$/u, ''))
  return [...new Set([...names, ...short])].filter((name) => [...name].length >= 2)
}
