import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Region } from '../../rules/consultations/regions.ts'
import type { DraftBases } from '../../text/briefing/bases.ts'
import type { ReadSentences } from '../../text/briefing/read-sentences.ts'
import { placeWords } from '../../text/words/draft-words.ts'
import type { TextThread } from '../text-thread.ts'

/** What of a sentence a section takes. */
export interface Sentence {
  start: number
  end: number
  isQuotable: boolean
  bases: number
  features: Int32Array
}

/** What a draft gives to whoever reads what is said of it. */
export interface DraftKnown {
  listed: string[]
  draft: DraftBases
  /** Places that it does not name. */
  places: string[]
}

/** More texts than these are not sorted by what they are about; they are compared as they are. */
const mostSorted = 20_000

export async function draftKnown(
  thread: TextThread,
  texts: string[],
  { regions }: { regions: Region[] } | Consultation,
): Promise<DraftKnown> {
  const whole = texts.join('\n')
  return {
    listed: await thread.ask('listed', texts, regions),
    draft: await thread.ask('draftBases', texts),
    places: placeWords(regions).filter((name) => !whole.includes(name)),
  }
}

/** The different texts of a brief, each read once, in the thread that reads them. */
export class BriefTexts {
  readonly #thread: TextThread
  readonly #known: DraftKnown
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []
  readonly #sentences: Sentence[][] = []

  constructor(thread: TextThread, known: DraftKnown) {
    this.#thread = thread
    this.#known = known
  }

  /** The numbers of these texts; those that are new are read. */
  async numbersOf(texts: readonly string[]): Promise<number[]> {
    const fresh = [...new Set(texts)].filter((text) => !this.#numbers.has(text))
    if (fresh.length > 0) this.#keep(fresh, await this.#thread.ask('sentences', fresh, this.#known))
    return texts.map((text) => this.#numbers.get(text) ?? -1)
  }

  sentencesOf(text: number): readonly Sentence[] {
    return this.#sentences[text] ?? []
  }

  /** What the texts of these numbers are about, as numbers from 0; −1 where it is not known. */
  async subjectsOf(numbers: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const sorted = numbers.slice(0, mostSorted)
    const texts = sorted.map((number) => this.#texts[number] ?? '')
    const subjects = await this.#thread.ask('subjects', texts, this.#known.listed)
    return new Map(sorted.map((number, at) => [number, subjects[at] ?? -1]))
  }

  #keep(fresh: readonly string[], { spans, bases, offsets, features }: ReadSentences): void {
    const first = this.#texts.length
    for (const text of fresh) {
      this.#numbers.set(text, this.#texts.push(text) - 1)
      this.#sentences.push([])
    }
    for (const [sentence, bits] of bases.entries()) {
      const [text = 0, start = 0, end = 0, isQuotable = 0] = spans.subarray(4 * sentence, 4 * sentence + 4)
      this.#sentences[first + text]?.push({
        ...{ start, end, bases: bits, isQuotable: isQuotable === 1 },
        features: features.subarray(offsets[sentence] ?? 0, offsets[sentence + 1] ?? 0),
      })
    }
  }
}
