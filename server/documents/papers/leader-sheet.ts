import type { Database } from '../../../db/database.ts'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import { unitOpinionsOf } from '../../../db/queries/answers/unit-opinions.ts'
import {
  concernsById,
  type Difference,
  type LeaderPageNumbers,
  numbersBefore,
  unsettledDifferences,
} from '../../../db/queries/briefs/leader-page.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { weightiestConcerns } from '../../../db/queries/points/concern-pages.ts'
import {
  chosenConcerns,
  concernPlaces,
  type LeaderPageText,
  leaderPageForm,
  leaderPageLimits,
} from '../../rules/briefs/leader-page-form.ts'
import { shanghaiDay, startOfDay, writtenDay } from '../../rules/days.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { type OutcomeNumbers, wrongNumbers } from '../../rules/outcomes/report-numbers.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { countsOf } from './outcomes/outcome-figures.ts'

/** What stands on 呈阅件（一页）. */
export interface LeaderSheet {
  title: string
  organ: string
  /** 2026年11月29日 */
  day: string
  text: LeaderPageText
  figures: string
  concerns: { id: string; sentence: string; count: number; proposal: string }[]
  differences: Difference[]
  /** Of the differences that are not on the page. */
  moreDifferences: number
  changes: string
  /** What was typed and the data does not bear out. */
  wrong: { said: string; actual: number }[]
  numbers: LeaderPageNumbers
}

/** So many differences have room on it, and so much of each position. */
const [shownDifferences, ofPosition, ofSubject] = [2, 40, 24]

/** @param said what the office saved; null where it has saved nothing, and the concerns that most say stand there */
export async function leaderSheet(
  db: Database,
  consultation: Consultation,
  said: Record<string, unknown> | null,
  now: Date,
): Promise<LeaderSheet> {
  const { id, title, organ } = consultation
  const progress = await progressOf(db, id)
  const [counts, text, units, cosigned, before] = await Promise.all([
    countsOf(db, id, progress),
    said ? textOf(said) : proposedText(db, id),
    unitOpinionsOf(db, id),
    unsettledDifferences(db, id),
    numbersBefore(db, id, startOfDay(shanghaiDay(now))),
  ])
  const chosen = chosenConcerns(text)
  const known = await concernsById(db, id, [
    ...chosen.map(({ concern }) => concern),
    ...Object.keys(before?.numbers.concerns ?? {}),
  ])
  const concerns = chosen.flatMap(({ concern, proposal }) => {
    const found = known.get(concern)
    const sentence = excerpt(found?.sentence ?? '', leaderPageLimits.proposal - 1)
    return found ? [{ id: concern, sentence, count: found.count, proposal: proposal ?? '' }] : []
  })
  const differences = [
    ...units
      .filter(({ unresolved }) => unresolved)
      .map(({ unit, unitPosition, officePosition }) => ({
        ...{ about: '', unit, theirs: unitPosition ?? '', ours: officePosition },
      })),
    ...cosigned,
  ]
  const numbers = {
    ...{ received: counts.received, admitted: counts.admitted },
    concerns: Object.fromEntries(concerns.map(({ id, count }) => [id, count])),
  }
  return {
    ...{ title, organ, text, concerns, numbers, day: writtenDay(shanghaiDay(now)) },
    figures: figuresOf(counts, stancesOf(progress.cells)),
    differences: differences.slice(0, shownDifferences).map(shortened),
    moreDifferences: Math.max(0, differences.length - shownDifferences),
    changes: changesSince(before, numbers, known),
    wrong: wrongNumbers(Object.values(text).filter(Boolean).join('\n'), counts),
  }
}

/** What was saved, as its form gives it back. */
export function textOf(said: Record<string, unknown>): LeaderPageText {
  const { values } = leaderPageForm.read({ ...leaderPageForm.blank, ...stringsOf(said) })
  const { revision: _, ...text } = values ?? blankText()
  return text
}

function stringsOf(said: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function blankText() {
  const { values } = leaderPageForm.read(leaderPageForm.blank)
  if (!values) throw new Error('a blank page is not accepted')
  return values
}

async function proposedText(db: Database, consultationId: string): Promise<LeaderPageText> {
  const { revision: _, ...text } = blankText()
  const all = { clause: null, theme: null }
  const concerns = await weightiestConcerns(db, consultationId, all, concernPlaces.length)
  return {
    ...text,
    ...Object.fromEntries(concerns.map(({ id }, place) => [`concern${place + 1}`, id])),
  }
}

function shortened({ about, unit, theirs, ours }: Difference): Difference {
  return {
    about: excerpt(about, ofSubject),
    unit: excerpt(unit, ofSubject),
    theirs: excerpt(theirs, ofPosition),
    ours: ours === null ? null : excerpt(ours, ofPosition),
  }
}

function stancesOf(cells: readonly { stance: string; state: string; count: number }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { stance, state, count } of cells) {
    if (state === 'published' || state === 'withheld') counts.set(stance, (counts.get(stance) ?? 0) + count)
  }
  return counts
}

function figuresOf(
  { received, people, admitted, points, outcomes }: OutcomeNumbers,
  stances: ReadonlyMap<string, number>,
): string {
  const said = Object.keys(stanceNames).map((key) => `${nameOf(stanceNames, key)}${stances.get(key) ?? 0}条`)
  const answered = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const parted = points ? `，梳理为${points.total}条具体意见` : ''
  return `收到意见${received}条（${people}人次）。纳入研究${admitted}条${parted}；按纳入研究的意见计，${said.join('、')}。其中${answered}条已有经批准的答复。`
}

function changesSince(
  before: { numbers: LeaderPageNumbers; at: Date } | null,
  numbers: LeaderPageNumbers,
  known: ReadonlyMap<string, { sentence: string; count: number }>,
): string {
  if (!before) return '首次呈阅。'
  const { received, admitted, concerns } = before.numbers
  const change = (from: number, to: number) => `${from}→${to}`
  const isNew = Object.keys(numbers.concerns).filter((id) => !Object.hasOwn(concerns, id)).length
  const gone = Object.keys(concerns).filter((id) => !Object.hasOwn(numbers.concerns, id)).length
  const grown = Object.entries(concerns)
    .map(([id, count]) => ({
      grown: (known.get(id)?.count ?? 0) - count,
      sentence: known.get(id)?.sentence ?? '',
    }))
    .sort((a, b) => b.grown - a.grown)[0]
  const parts = [
    `收到意见${change(received, numbers.received)}条`,
    `纳入研究${change(admitted, numbers.admitted)}条`,
    ...(isNew + gone > 0 ? [`换上主要意见${isNew}项、换下${gone}项`] : []),
    ...(grown && grown.grown > 0
      ? [`增加最多的是“${excerpt(grown.sentence, ofSubject)}”，增加${grown.grown}条具体意见`]
      : []),
  ]
  return `与${writtenDay(shanghaiDay(before.at))}的一份相比：${parts.join('；')}。`
}
