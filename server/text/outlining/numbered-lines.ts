import type { LabelKind } from './label-kinds.ts'
import { type Label, readLabel, readLabels } from './labels.ts'
import type { Line } from './lines.ts'
import { followingOfKind, Sequence } from './sequence.ts'
import { bareTitle, endsLikeTitle, isHeadingShaped } from './shapes.ts'

const openers: LabelKind[] = ['volume', 'chapter', 'article', 'han']

/**
 * Which lines really begin with a number. A line that looks numbered is believed when its number is the one that
 * the sequence calls for, or opens a new one, and its words do not read on from it as prose. Numbers may run on
 * across chapters, skip a few or stand twice: drafts do.
 * @param named the documents that the draft's title names, each of which begins with its own title
 * @returns for each line its label, or null where it has none; a title within the text has one that prints nothing
 */
export function acceptLabels(lines: Line[], named: Set<string>): (Label | null)[] {
  const candidates = lines.map((line) => (line.table ? [] : readLabels(line.text)))
  const following = followingOfKind(candidates)
  const sequence = new Sequence()
  return lines.map((line, index) => {
    const labels = candidates[index] ?? []
    const annex = labels.find(({ kind }) => kind === 'annex')
    if (annex && opensAnnex(annex, candidates[index + 1])) return sequence.restart(annex)
    if (annex && listsAnnexes(annex)) return startList(sequence, annex)
    const label = labels.find((each) => each.kind !== 'annex' && sequence.callsFor(each, following.get(each)))
    if (label) return sequence.take(label)
    const isPart =
      named.has(bareTitle(line.text)) || opensPart(line, candidates.slice(index + 1, index + 5), sequence)
    if (!line.table && isPart) {
      return sequence.restart(partLabel(line))
    }
    sequence.takeUnnumbered()
    return null
  })
}

/** An annex begins where its title stands alone on the line and something follows that is not the next annex. */
function opensAnnex(label: Label, next: Label[] | undefined): boolean {
  if (label.doubt || !isHeadingShaped(label.rest) || readLabel(label.rest)) return false
  return next !== undefined && !next.some(({ kind }) => kind === 'annex')
}

/** 附件：1.甲表, with 2.乙表 on the next line. */
export function listsAnnexes(label: Label): boolean {
  return label.kind === 'annex' && readLabel(label.rest)?.ordinal === 1
}

function startList(sequence: Sequence, annex: Label): Label {
  sequence.restart(annex)
  for (const label of readLabels(annex.rest)) sequence.take(label)
  return annex
}

/** A title within the text, after which the numbers begin again: …的起草说明. */
function opensPart(line: Line, next: Label[][], sequence: Sequence): boolean {
  if (!isHeadingShaped(line.text) || !endsLikeTitle(line.text)) return false
  const first = next.find((labels) => labels.length > 0)?.[0]
  if (first?.ordinal !== 1 || first.besides > 0 || !openers.includes(first.kind)) return false
  return sequence.hasTaken(first.kind) || sequence.hasTaken('article')
}

function partLabel(line: Line): Label {
  return { kind: 'part', printed: '', ordinal: 0, besides: 0, rest: line.text, doubt: null }
}
