import type { Frame } from '../frame.ts'

/** A count beside its bar, with its share of what it is a part of. */
export interface CountBar {
  name: string
  count: number
  /** 占 40 条的 30.0%; null where there is nothing to be a share of. */
  share: string | null
}

/** A bar for each of the names. @param base what each count is a share of */
export function countBars(
  names: Readonly<Record<string, string>>,
  counts: Readonly<Record<string, number>>,
  base: number,
  { t }: Frame,
): CountBar[] {
  return Object.entries(names).map(([key, name]) => {
    const count = counts[key] ?? 0
    return { name, count, share: base > 0 ? t.outcome.share(((count / base) * 100).toFixed(1), base) : null }
  })
}
