/** A clause of a round, with the keys of the round before that it carries on. */
export interface Step {
  round: number
  position: number
  key: string
  from: string[]
}

/**
 * Follows clauses through rounds.
 * @param steps those of every round after the first, the rounds in order
 * @returns for the position of each clause of the last round, the keys of the first whose text it carries on
 */
export function traceKeys(steps: Step[]): Map<number, string[]> {
  let origins: ReadonlyMap<string, string[]> | null = null
  let traced = new Map<number, string[]>()
  for (const round of new Set(steps.map((step) => step.round))) {
    const clauses = steps.filter((step) => step.round === round)
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
