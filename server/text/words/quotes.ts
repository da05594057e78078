/** W3C TextQuoteSelector (Web Annotation Data Model, 4.2.4) with code-point positions, `end` exclusive. */
export interface Quote {
  prefix: string
  exact: string
  suffix: string
  start: number
  end: number
}

const context = 32

/** Where `exact` first stands in a clause's text; null where nothing is quoted or the text does not hold it. */
export function quoteIn(text: string, exact: string): Quote | null {
  const wanted = exact.trim()
  const at = wanted === '' ? -1 : text.indexOf(wanted)
  if (at < 0) return null
  const before = [...text.slice(0, at)]
  const after = [...text.slice(at + wanted.length)]
  return {
    prefix: before.slice(-context).join(''),
    exact: wanted,
    suffix: after.slice(0, context).join(''),
    start: before.length,
    end: before.length + [...wanted].length,
  }
}
