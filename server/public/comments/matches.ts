import { clausesOf, nameIn, type Scope } from '../scope.ts'

/** A place in the draft that holds what was looked for: the words around it, in three pieces. */
export interface Match {
  key: string
  name: string
  before: string
  exact: string
  after: string
}

const around = 24

/** Where the clauses first hold the words. Half and full width, small and capital letters are the same to a reader. */
export function matchesIn(scope: Scope, words: string): Match[] {
  const wanted = folded(words)
  return clausesOf(scope).flatMap(({ key, text }) => {
    const at = folded(text).indexOf(wanted)
    if (at < 0) return []
    const end = at + wanted.length
    return {
      key,
      name: nameIn(scope, key, ''),
      before: `${at > around ? '…' : ''}${text.slice(Math.max(0, at - around), at)}`,
      exact: text.slice(at, end),
      after: `${text.slice(end, end + around)}${end + around < text.length ? '…' : ''}`,
    }
  })
}

/** Character by character, so that places in the folded text are places in the text. */
function folded(text: string): string {
  return text.replace(/./gsu, (character) => {
    const plain = character.normalize('NFKC').toLowerCase()
    return plain.length === character.length ? plain : character
  })
}
