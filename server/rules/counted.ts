/** What nothing keeps a number of is counted so far: more would take longer than anybody waits for a page. */
export const mostCounted = 1000

/** `999`, `1000 以上`: a number that was counted no further than one above `mostCounted`. */
export function countedName(count: number): string {
  return count > mostCounted ? `${mostCounted} 以上` : String(count)
}
