import { naturalRank } from '../outlining/label-kinds.ts'
import type { Beginning } from './beginnings.ts'
import type { ClauseFinder, SaidOfClauses } from './clause-finder.ts'
import { approves } from './courtesies.ts'
import type { ReadSentence } from './read-letter.ts'
import type { Evidence } from './telling-pairs.ts'

/** A sentence of which it is known what it says of the clauses. */
export type Sentence = ReadSentence & SaidOfClauses

/** So near its head a sentence cites the clause that it is about. */
const head = 12
/** So much must speak for another clause, and so many times more, that a sentence is cut off without any other sign. */
const strongly = [12, 3] as const

const asks = /建议|希望|应当|应该|能否|能不能|要求|请|增加|改为|不要/u
/** What is wished for stands with what is wrong. */
const wishes = /^(?:建议|希望|盼)/u
const leads = /(?:建议|意见|希望|要求|请求|如下)[^。！？]{0,12}[：:，]$/u
const closed = /[。！？；…!?;]["”’」』）)]*$/u
const longestHeading = 30

/** What one passage of a letter says, as it is read on. */
export class Passage {
  readonly start: number
  readonly isCourtesy: boolean
  readonly #finder: ClauseFinder
  readonly #first: Sentence
  #last: Sentence
  /** A list of what is asked for has begun in it. */
  #asked = false
  /** It says what is wished for, or that all is well. */
  #wishes = false
  #cited: string | null = null
  /** What is cited where the list begins of which this is an item. */
  readonly #above: string | null
  readonly #evidence: Evidence = new Map()

  constructor(first: Sentence, finder: ClauseFinder, before: Passage | undefined) {
    this.start = first.start
    this.isCourtesy = first.isCourtesy
    this.#finder = finder
    this.#first = first
    this.#last = first
    this.#above = before ? before.#citedAbove(first) : null
    this.take(first)
  }

  take(sentence: Sentence): void {
    this.#asked ||= isSpoken(sentence) && leads.test(this.#last.text)
    this.#wishes ||= asks.test(sentence.text) || approves.test(sentence.text)
    this.#last = sentence
    this.#cited ??= sentence.cited?.key ?? null
    for (const [place, weight] of sentence.evidence) {
      this.#evidence.set(place, (this.#evidence.get(place) ?? 0) + weight)
    }
  }

  /** Whether the next sentence still says the same. */
  goesOnWith(sentence: Sentence, isOrdered: boolean): boolean {
    if (sentence.isCourtesy || this.isCourtesy) return sentence.isCourtesy === this.isCourtesy
    const { beginning, beginsLine } = sentence
    if (beginning.is === 'continuation') return true
    if (this.#isHeading()) return beginning.level !== this.#first.beginning.level
    if (beginning.is === 'item') return !this.#isNextItem(sentence)
    if (beginning.is === 'turn' || this.#turnsTo(sentence)) return false
    if (!beginsLine || isOrdered) return true
    return wishes.test(sentence.text) && !this.#wishes
  }

  get end(): number {
    return this.#last.end
  }

  get clause(): string | null {
    return this.#cited ?? this.#finder.outstanding(this.#evidence) ?? this.#above
  }

  /** A line that only says of what the next ones speak. */
  #isHeading(): boolean {
    const { text, beginning } = this.#first
    const isOne = beginning.is === 'item' && text.length <= longestHeading && !closed.test(text)
    return this.#first === this.#last && isOne
  }

  /** Reasons are counted too, 一是…，二是…, and ask for nothing; nor is the first thing asked for apart from 我建议：. */
  #isNextItem(sentence: Sentence): boolean {
    if (!isSpoken(sentence)) return true
    if (leads.test(this.#last.text)) return false
    return this.#asked || this.#first.beginning.level === 'spoken' || asks.test(sentence.text)
  }

  #turnsTo({ text, beginsLine, cited, evidence }: Sentence): boolean {
    if (cited && this.#cited !== null && (beginsLine || cited.at <= head)) return cited.key !== this.#cited
    if (cited && cited.at <= 2) return this.clause !== null && cited.key !== this.clause
    if (wishes.test(text)) return false
    const other = this.#finder.outstanding(evidence, ...(beginsLine ? [] : strongly))
    const own = this.#cited ?? this.#finder.outstanding(this.#evidence, beginsLine ? undefined : strongly[0])
    return other !== null && own !== null && other !== own
  }

  /** Under 四、第八条 its （1） and （2） speak of the same, and after 关于第八条，我建议 so do 一是 and 二是. */
  #citedAbove(next: Sentence): string | null {
    if (next.beginning.is !== 'item' || this.isCourtesy) return null
    const [own, inner] = [rank(this.#first), rank(next)]
    if (inner === own) return this.#above
    return inner > own ? (this.#cited ?? this.#above) : null
  }
}

/** 一是 and 二是 within a line. */
function isSpoken({ beginning, beginsLine }: Sentence): boolean {
  return beginning.level === 'spoken' && !beginsLine
}

/** What is numbered by a higher one stands below; what is not numbered stands above all. */
function rank({ beginning: { level } }: { beginning: Beginning }): number {
  if (level === null) return -1
  return level === 'spoken' ? 99 : naturalRank(level)
}
