import type { Paragraph } from '../outlining/arrange.ts'
import { countCharacters } from '../outlining/blanks.ts'
import type { Draft } from '../outlining/outline.ts'
import { standsInside, toDraftOffset, toSourceOffset } from './positions.ts'
import { lowerTitle } from './repair-levels.ts'
import { clauseOf, ImpossibleRepair, replaceUnits, unitAt, wholeText } from './repair-units.ts'

/** Marks a unit as no part of the draft. */
export function setAside(draft: Draft, index: number, reason: string): Draft {
  const text = wholeText(unitAt(draft, index))
  const before = draft.title + draft.units.slice(0, index).map(wholeText).join('')
  const at = toSourceOffset(draft.artefacts, countCharacters(before))
  const artefacts = [...draft.artefacts, { text, reason, at }].sort((a, b) => a.at - b.at)
  return replaceUnits({ ...draft, artefacts }, index, 1, [])
}

/** Brings an artefact back to where it stood: between two units as a clause, or into the text that it stood in. */
export function bringBack(draft: Draft, index: number): Draft {
  const artefact = draft.artefacts[index]
  if (!artefact) throw new ImpossibleRepair('找不到要恢复的内容，请刷新页面后重试。')
  if (standsInside(draft.artefacts, artefact)) {
    throw new ImpossibleRepair('这处标记在已经移出的段落里，请先恢复那一段。')
  }
  const artefacts = draft.artefacts.toSpliced(index, 1)
  const offset = toDraftOffset(artefacts, artefact.at)
  const titleLength = countCharacters(draft.title)
  if (offset < titleLength) return insert({ ...lowerTitle(draft), artefacts }, artefact.text, offset)
  return insert({ ...draft, artefacts }, artefact.text, offset - titleLength)
}

function insert(draft: Draft, words: string, offset: number): Draft {
  let before = 0
  for (const [index, unit] of draft.units.entries()) {
    const length = countCharacters(wholeText(unit))
    if (offset === before) return replaceUnits(draft, index, 0, [paragraphOf(words)])
    if (offset < before + length)
      return replaceUnits(draft, index, 1, [insertInto(unit, words, offset - before)])
    before += length
  }
  return replaceUnits(draft, draft.units.length, 0, [paragraphOf(words)])
}

function paragraphOf(words: string): Paragraph {
  if (!words.includes('\t')) return clauseOf(words)
  const table = words.split('\n').map((row) => row.split('\t'))
  return { kind: 'table', level: 1, label: null, text: words, table }
}

function insertInto(unit: Paragraph, words: string, offset: number): Paragraph {
  if (unit.kind === 'table') throw new ImpossibleRepair('表格里的标记不能恢复。')
  const inText = offset - countCharacters(unit.label ?? '')
  return inText > 0
    ? { ...unit, text: insertAt(unit.text, words, inText) }
    : { ...unit, label: null, text: insertAt(wholeText(unit), words, offset) }
}

/** Puts words before the character of `text` that has `offset` characters before it, blanks not counted. */
function insertAt(text: string, words: string, offset: number): string {
  const characters = [...text]
  let seen = 0
  const at = characters.findIndex((character) => {
    const here = countCharacters(character)
    seen += here
    return here > 0 && seen > offset
  })
  return characters.toSpliced(at, 0, words).join('')
}
