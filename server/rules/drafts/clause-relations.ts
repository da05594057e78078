/** How a clause of a round came out of the round before. */
export const relationNames = {
  unchanged: '未修改',
  reworded: '有修改',
  moved: '位置移动',
  split: '由一条拆分',
  merged: '由几条合并',
  new: '新增',
} as const
export type Relation = keyof typeof relationNames

export function isRelation(value: string): value is Relation {
  return Object.hasOwn(relationNames, value)
}

interface Keyed {
  key: string | null
}

/**
 * Gives the clauses of a later round their lasting keys: a clause keeps the key of the one whose text it carries on,
 * so that `p7` stays `p7` when it becomes 第八条; of two that carry on the same one, the first keeps it. One that is
 * new is `r2p7`: the round and its place among the round's clauses.
 * @param units in document order; a heading's key is null
 * @param from for the position of each clause, the keys of the old round that it carries on
 */
export function lastingKeys<Unit extends Keyed>(
  units: Unit[],
  round: number,
  from: ReadonlyMap<number, readonly string[]>,
): Unit[] {
  const taken = new Set<string>()
  let place = 0
  return units.map((unit, position) => {
    if (unit.key === null) return unit
    place++
    const kept = from.get(position)?.find((key) => !taken.has(key))
    const key = kept ?? `r${round}p${place}`
    taken.add(key)
    return { ...unit, key }
  })
}
