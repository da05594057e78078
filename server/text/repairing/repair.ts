import type { Draft } from '../outlining/outline.ts'
import { bringBack, setAside } from './repair-artefacts.ts'
import { lower, lowerTitle, raise } from './repair-levels.ts'
import { mergeWithNext, numberUnit, split, unnumberUnit } from './repair-text.ts'

/**
 * One step by which a person mends an outline. `unit` and `artefact` are places in the draft as it stands before the
 * step. Steps are recorded: replaying them on what was read gives the draft, and leaving out the last undoes it.
 */
export type Repair =
  /** A clause becomes a heading, a heading goes a level up, the first heading of the highest level joins the title. */
  | { act: 'raise'; unit: number }
  /** The other way round. `title` takes the title back into the text. */
  | { act: 'lower'; unit: number | 'title' }
  /** Parts a unit before the code point `at` of its text. */
  | { act: 'split'; unit: number; at: number }
  /** Joins a unit and the one after it. */
  | { act: 'merge'; unit: number }
  /** Takes the number at the head of the text for its label. */
  | { act: 'number'; unit: number }
  /** Takes the label for a part of the text. */
  | { act: 'unnumber'; unit: number }
  /** Marks a unit as no part of the draft. */
  | { act: 'set_aside'; unit: number; reason: string }
  /** Brings an artefact back to where it stood. */
  | { act: 'bring_back'; artefact: number }

/**
 * The draft after one step; the draft given stays as it was. The completeness equation holds after as before.
 * @throws ImpossibleRepair with a Chinese sentence where the step cannot be made
 */
export function repair(draft: Draft, step: Repair): Draft {
  switch (step.act) {
    case 'raise':
      return raise(draft, step.unit)
    case 'lower':
      return step.unit === 'title' ? lowerTitle(draft) : lower(draft, step.unit)
    case 'split':
      return split(draft, step.unit, step.at)
    case 'merge':
      return mergeWithNext(draft, step.unit)
    case 'number':
      return numberUnit(draft, step.unit)
    case 'unnumber':
      return unnumberUnit(draft, step.unit)
    case 'set_aside':
      return setAside(draft, step.unit, step.reason)
    case 'bring_back':
      return bringBack(draft, step.artefact)
  }
}

/** What was read, with all recorded steps made on it in order. */
export function replay(read: Draft, steps: Repair[]): Draft {
  return steps.reduce(repair, read)
}
