import { wholeDraft } from '../../rules/names.ts'
import { withoutBlanks } from '../../text/outlining/blanks.ts'
import { printUnit } from '../../text/outlining/print.ts'
import { wholeDraftRow } from './feedback-form-words.ts'
import type { FilledRow } from './filled-form.ts'

/** A clause of the round that a form was made for. */
export interface FormUnit {
  key: string
  kind: string
  label: string | null
  heading: string | null
  citation: string
  text: string
  /** What readers call it. */
  name: string
}

const whole: FormUnit = {
  key: wholeDraft,
  kind: 'clause',
  label: null,
  heading: null,
  citation: wholeDraftRow,
  text: '',
  name: wholeDraftRow,
}

/** Finds the clause that a row is about: by its key, else by what stands in its first cell, else by its text. */
export class UnitIndex {
  private readonly units: FormUnit[]
  /** As printed, without blanks, and how each opens. */
  private readonly printed: { unit: FormUnit; text: string; opening: string | null }[]
  /** null: more than one goes by this. */
  private readonly byName = new Map<string, FormUnit | null>()

  constructor(units: FormUnit[]) {
    this.units = [whole, ...units]
    this.printed = units.map((unit) => ({
      unit,
      text: withoutBlanks(printUnit(unit)),
      opening: unit.heading === null ? null : withoutBlanks((unit.label ?? '') + unit.heading),
    }))
    for (const unit of this.units) {
      for (const name of new Set([unit.citation, unit.name, unit.label ?? unit.name].map(withoutBlanks))) {
        this.byName.set(name, this.byName.has(name) ? null : unit)
      }
    }
  }

  find({ clause, original }: Pick<FilledRow, 'clause' | 'original'>): FormUnit | null {
    const [, key] = /[〔[(（【]\s*((?:r\d+)?p\d+|draft)\s*[〕\])）】]/u.exec(clause.slice(0, 200)) ?? []
    if (key) return this.units.find((unit) => unit.key === key) ?? null
    return this.byName.get(withoutBlanks(clause)) ?? this.byText(withoutBlanks(original))
  }

  private byText(original: string): FormUnit | null {
    const said = original.replace(/(?<!…)…+$/u, '')
    if ([...said].length < 6) return null
    const found = this.printed.filter(
      ({ text, opening }) => text.includes(said) || (opening !== null && said.startsWith(opening)),
    )
    return found.length === 1 ? (found[0]?.unit ?? null) : null
  }
}
