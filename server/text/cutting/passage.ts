import type { ClauseFinder } from './clause-finder.ts'
import type { ReadSentence } from './read-letter.ts'
import type { Evidence } from './telling-pairs.ts'

/** So near its head a sentence cites the clause that it is about. */
const head = 12
/** So much must speak for another clause that a sentence is cut off without any other sign. */
const strongly = 8

const asks = /建议|希望|应当|应该|能否|能不能|要求|请|增加|改为|不要/u
const leads = /(?:建议|意见|希望|要求|请求|如下)[^。！？]{0,12}[：:，]$/u
const closed = /[。！？；…!?;]["”’」』）)]*$/u
const longestHeading = 30

/** What one passage of a letter says, as it is read on. */
export class Passage {
  readonly start: number
  readonly isCourtesy: boolean
  readonly #finder: ClauseFinder
  readonly #first: ReadSentence
  #last: ReadSentence
  /** A list of what is asked for has begun in it. */
  #asked = false
  #cited: string | null = null
  readonly #evidence: Evidence = new Map()

  constructor(first: ReadSentence, finder: ClauseFinder) {
    this.start = first.start
    this.isCourtesy = first.isCourtesy
    this.#finder = finder
    this.#first = first
    this.#last = first
    this.take(first)
  }

  take(sentence: ReadSentence): void {
    this.#asked ||= leads.test(this.#last.text) && sentence.beginning.level === 'spoken'
    this.#last = sentence
    this.#cited ??= this.#finder.cited(sentence.text)?.key ?? null
    for (const [place, weight] of this.#finder.evidence(sentence.text)) {
      this.#evidence.set(place, (this.#evidence.get(place) ?? 0) + weight)
    }
  }

  /** Whether the next sentence still says the same. */
  goesOnWith(sentence: ReadSentence, isNumbered: boolean): boolean {
    if (sentence.isCourtesy || this.isCourtesy) return sentence.isCourtesy === this.isCourtesy
    const { beginning, beginsLine } = sentence
    if (beginning.is === 'continuation') return true
    if (this.#isHeading()) return beginning.level !== this.#first.beginning.level
    if (beginning.is === 'item') return !this.#isNextItem(sentence)
    if (beginning.is === 'turn' || this.#turnsTo(sentence)) return false
    return !beginsLine || (isNumbered && this.#first.beginning.is === 'item')
  }

  get end(): number {
    return this.#last.end
  }

  get clause(): string | null {
    return this.#cited ?? this.#finder.outstanding(this.#evidence)
  }

  /** A line that only says of what the next ones speak. */
  #isHeading(): boolean {
    const { text, beginning } = this.#first
    return (
      this.#first === this.#last &&
      beginning.is === 'item' &&
      text.length <= longestHeading &&
      !closed.test(text)
    )
  }

  /** Reasons are counted too, 一是…，二是…, and ask for nothing; nor is the first thing asked for apart from 我建议：. */
  #isNextItem({ beginning, text, beginsLine }: ReadSentence): boolean {
    if (beginsLine || beginning.level !== 'spoken') return true
    if (leads.test(this.#last.text)) return false
    return asks.test(text) || this.#first.beginning.level === 'spoken' || this.#asked
  }

  #turnsTo({ text }: ReadSentence): boolean {
    const cited = this.#finder.cited(text)
    if (cited && cited.at <= head) return this.clause !== null && cited.key !== this.clause
    const other = this.#finder.outstanding(this.#finder.evidence(text), strongly)
    return other !== null && this.clause !== null && other !== this.clause
  }
}
