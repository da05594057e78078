interface Labelled {
  key: string
  label: string | null
  text: string
}

/**
 * The keys of the clauses of a draft that cite one of them by its number, 第八条 or 第（八）条, or as the one before them
 * (前条, 上一条): where its number or its content changes they are to be looked at.
 * @param clauses in document order
 */
export function citing(key: string, clauses: readonly Labelled[]): string[] {
  const place = clauses.findIndex((clause) => clause.key === key)
  const cited = clauses[place]
  if (!cited) return []
  const number = numberOf(cited)
  return clauses.flatMap((clause, at) => {
    if (clause === cited) return []
    const isNumbered = number !== null && clause.text.includes(number)
    const isBefore = at === place + 1 && /前条|上一?条|前款/u.test(clause.text)
    return isNumbered || isBefore ? [clause.key] : []
  })
}

/** As a text cites it: 第八条 of 第八条, 第（八）条 of （八）. */
function numberOf({ label }: Labelled): string | null {
  const printed = label?.trim() ?? ''
  if (/^第.+条$/u.test(printed)) return printed
  return /^（.+）$/u.test(printed) ? `第${printed}条` : null
}
