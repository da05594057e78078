import type { SaidField } from '../../rules/versions/version-kinds.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'
import type { Piece } from '../../text/words/lit.ts'

/** What a field says, piece by piece, against what it said before. */
export function comparedWith(before: string, { text, isChoice }: SaidField): Difference[] {
  if (!isChoice || before === text) return differences(before, text)
  const pieces: Difference[] = [
    { change: 'removed', text: before },
    { change: 'added', text },
  ]
  return pieces.filter((piece) => piece.text !== '')
}

/** The same without what it does not say, lit where the other says something else. */
export function litOver(other: string, field: SaidField): Piece[] {
  return comparedWith(other, field).flatMap(({ change, text }) =>
    change === 'removed' ? [] : [{ text, lit: change === 'added' }],
  )
}
