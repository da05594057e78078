import { pathOf } from './citations.ts'

/** The key of the clause to which a path leads, or null where it leads to none, or to more than one. */
export type PathResolver = (path: readonly string[]) => string | null

/** A citation may leave out where a clause stands, 第八条, and may go on below it, 第八条第二款. */
export function pathResolver(clauses: readonly { key: string; citation: string }[]): PathResolver {
  const whole = new Map<string, string>()
  const endings = new Map<string, string | null>()
  for (const { key, citation } of clauses) {
    const path = pathOf(citation.replace(/^.*[：:]/u, ''))
    // Clauses that later rounds dropped follow, with numbers that others bear now.
    if (whole.has(path.join())) continue
    whole.set(path.join(), key)
    for (let from = 0; from < path.length; from++) {
      const ending = path.slice(from).join()
      endings.set(ending, endings.has(ending) ? null : key)
    }
  }
  const resolve: PathResolver = (path) => {
    const [first = '', ...rest] = path
    if (first === '') return null
    const found = whole.get(path.join()) ?? endings.get(path.join())
    if (found) return found
    if (path.at(-1)?.startsWith('below')) return resolve(path.slice(0, -1))
    if (rest.length > 0) return resolve(first.startsWith('part') ? rest : path.slice(0, -1))
    // Where 一、二、 are the clauses, 第八条 is 八、.
    return first.startsWith('clause') && !endings.has(first)
      ? (whole.get(first.replace('clause', 'part')) ?? null)
      : null
  }
  return resolve
}
