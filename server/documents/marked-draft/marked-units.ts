import { withoutBlanks } from '../../text/outlining/blanks.ts'
import { printUnit } from '../../text/outlining/print.ts'
import type { FormUnit } from '../feedback-form/form-units.ts'

/** As Word and WPS leave a text whatever they make of blanks, widths and quotation marks. */
function plain(text: string): string {
  return withoutBlanks(text.normalize('NFKC')).replace(/[“”„]/g, '"').replace(/[‘’]/g, "'")
}

/** So many marked paragraphs that read like no clause are searched for. */
const mostSearches = 500

/** Finds the clause that a paragraph was, going through the draft in its order: what reads alike is the next that does. */
export class MarkedUnits {
  private readonly units: { unit: FormUnit; printed: string; opening: string | null }[]
  /** Where each text stands, with its number and without. */
  private readonly places = new Map<string, number[]>()
  private searches = 0
  private last = -1

  constructor(units: FormUnit[]) {
    this.units = units.map((unit) => ({
      unit,
      printed: plain(printUnit(unit)),
      opening: unit.heading === null ? null : plain((unit.label ?? '') + unit.heading),
    }))
    for (const [place, { unit, printed }] of this.units.entries()) {
      for (const text of new Set([printed, plain(unit.text)])) {
        this.places.set(text, [...(this.places.get(text) ?? []), place])
      }
    }
  }

  /**
   * @param before the paragraph before the changes
   * @param isMarked whether something is marked in it: what reads otherwise than any clause is only then searched for
   */
  find(before: string, isMarked: boolean): FormUnit | null {
    const text = plain(before)
    if (text === '') return null
    const place = this.next(this.places.get(text) ?? []) ?? (isMarked ? this.only(text) : null)
    if (place === null) return null
    this.last = place
    return this.units[place]?.unit ?? null
  }

  /** The first that is so behind the last that was found, else the first of all. */
  private next(places: readonly number[]): number | null {
    return places.find((place) => place > this.last) ?? places[0] ?? null
  }

  /** Where the copy differs from the draft that is out: the one clause that opens so, or holds these words. */
  private only(text: string): number | null {
    if (++this.searches > mostSearches) return null
    const places = this.units.flatMap(({ printed, opening }, place) => {
      const opensSo = opening !== null && opening.length >= 4 && text.includes(opening)
      return opensSo || (text.length >= 8 && printed.includes(text)) ? [place] : []
    })
    return places.length === 1 ? (places[0] ?? null) : null
  }

  /** The clause that was found last; null before any was. */
  get before(): FormUnit | null {
    return this.units[this.last]?.unit ?? null
  }
}
