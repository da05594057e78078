import { type Citation, citationsIn, numberKey } from './said-citations.ts'

interface Labelled {
  key: string
  label: string | null
  text: string
}

/**
 * The keys of the clauses of a draft that cite one of them: by its number, 第八条, 第八条第二款, 第三条至第九条, or as the one
 * before them (前条, 上一条). Where its number or its content changes they are to be looked at.
 * @param clauses in document order
 */
export function citing(key: string, clauses: readonly Labelled[]): string[] {
  const targets = targetsOf(clauses)
  return clauses.flatMap((clause, place) => {
    if (clause.key === key) return []
    const cites = citationsIn(clause.text).some((citation) =>
      targets(citation, place).some((one) => one?.key === key),
    )
    return cites ? [clause.key] : []
  })
}

/** A citation that may not lead any more to where it led, with why. */
export interface Doubtful {
  /** The clause that cites. */
  key: string
  said: string
  /** What it cited: it has another number or place, reads otherwise, or is gone; `missing`: nothing has this number. */
  why: 'renumbered' | 'changed' | 'dropped' | 'missing'
  /** What it cited, and what stands under that number or before it now; null where nothing does. */
  meant: string | null
  now: string | null
}

/**
 * Every place of a draft that cites a clause or number which is not what it was in the draft before: after clauses were put
 * in, dropped, moved or reworded. What is cited in words that were not there before is held to what it says now.
 * @param before in document order @param after the same, under the keys that last
 */
export function doubtfulCitations(before: readonly Labelled[], after: readonly Labelled[]): Doubtful[] {
  const [were, are] = [targetsOf(before), targetsOf(after)]
  const places = new Map(before.map(({ key }, place) => [key, place]))
  const standing = new Map(after.map((clause) => [clause.key, clause]))
  return after.flatMap((clause, place) => {
    const past = places.get(clause.key)
    const earlier = past === undefined ? [] : citationsIn(before[past]?.text ?? '').map(({ said }) => said)
    return citationsIn(clause.text).flatMap((citation): Doubtful[] => {
      const now = are(citation, place)
      const isOld = past !== undefined && earlier.includes(citation.said)
      const meant = isOld ? were(citation, past) : now
      const { key } = clause
      return meant.flatMap((one, nth): Doubtful[] => {
        const found = now[nth] ?? null
        const doubt = { key, said: citation.said, meant: one?.key ?? null, now: found?.key ?? null }
        if (!one) return isOld || found || citation.isPart ? [] : [{ ...doubt, why: 'missing' }]
        const stands = standing.get(one.key)
        if (!stands) return [{ ...doubt, why: 'dropped' }]
        if (found?.key !== one.key) return [{ ...doubt, why: 'renumbered' }]
        return isOld && stands.text !== one.text ? [{ ...doubt, why: 'changed' }] : []
      })
    })
  })
}

/** What a citation leads to from a place of a draft; null where nothing has that number. */
function targetsOf(clauses: readonly Labelled[]) {
  // （三） may stand under every article: what several clauses are numbered by leads to none of them.
  const numbered = new Map<string, Labelled | null>()
  for (const clause of clauses) {
    const number = clause.label === null ? null : numberKey(clause.label)
    if (number !== null) numbered.set(number, numbered.has(number) ? null : clause)
  }
  return ({ kind, numbers, said }: Citation, place: number): (Labelled | null)[] => {
    if (kind === 'own') return [clauses[place] ?? null]
    if (kind === 'number') return numbers.map((number) => numbered.get(number) ?? null)
    const many = /[二两三四五]/u.exec(said)?.[0] ?? ''
    const count = { 二: 2, 两: 2, 三: 3, 四: 4, 五: 5 }[many] ?? 1
    return Array.from({ length: count }, (_, nth) => clauses[place - 1 - nth] ?? null)
  }
}
