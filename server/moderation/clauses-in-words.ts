import { wholeDraft, wholeDraftName } from '../rules/names.ts'

/** So many are named, the rest counted. */
const mostNamed = 12

/** `（三）12 条、（五）3 条，另 2 个条款 4 条`. @param clauses the fullest first */
export function clausesInWords(
  clauses: readonly { clause: string; name: string | null; count: number }[],
): string {
  const nameOf = ({ clause, name }: { clause: string; name: string | null }) =>
    clause === wholeDraft ? wholeDraftName : (name ?? clause)
  const named = clauses.slice(0, mostNamed).map((one) => `${nameOf(one)} ${one.count} 条`)
  const others = clauses.slice(mostNamed)
  const rest = others.reduce((sum, { count }) => sum + count, 0)
  return named.join('、') + (rest > 0 ? `，另 ${others.length} 个条款 ${rest} 条` : '')
}
