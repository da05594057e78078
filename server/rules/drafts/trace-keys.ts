/** A clause of a round, with the keys of the round before that it carries on. */
interface CarriedClause {
  round: number
  position: number
  key: string
  from: string[]
}

/**
 * Follows clauses through rounds.
 * @param carried those of every round after the first, the rounds in order
 * @returns for the position of each clause of the last round, the keys of the first whose text it carries on
 */
export function traceKeys(carried: CarriedClause[]): Map<number, string[]> {
  let origins: ReadonlyMap<string, string[]> | null = null
  let traced = new Map<number, string[]>()
  for (const round of new Set(carried.map((clause) => clause.round))) {
    const clauses = carried.filter((clause) => clause.round === round)
    const next = new Map<string, string[]>()
    traced = new Map()
    for (const { position, key, from } of clauses) {
      const sources = originsOf(from, origins)
      next.set(key, sources)
      traced.set(position, sources)
    }
    origins = next
  }
  return traced
}

function originsOf(from: string[], origins: ReadonlyMap<string, string[]> | null): string[] {
  return origins === null ? from : [...new Set(from.flatMap((key) => origins.get(key) ?? []))]
}
