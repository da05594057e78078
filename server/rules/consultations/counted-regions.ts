import { noRegion } from '../comments/reading-filters.ts'
import type { Region } from './regions.ts'

/** What stands in a table for a sender who named no place. */
export const noRegionName = '未填写'

/** A place by which a table counts, and the filter that lets through what is counted under it. */
export interface CountedRegion {
  name: string
  filter: string
}

/** Under which place something from `region` is counted: counties with their city, whose name they begin with; others by themselves. */
export function countedRegion(regions: readonly Region[], region: string | null): CountedRegion {
  if (!region) return { name: noRegionName, filter: noRegion }
  const city = regions.find(({ name }) => region.startsWith(name))
  const name = city?.name ?? region
  return { name, filter: name }
}

/** The places under which these are counted, each once: in the consultation's order, then others, 未填写 last. */
export function countedRegions(regions: readonly Region[], found: Iterable<string | null>): CountedRegion[] {
  const places = new Map(
    Array.from(found, (region) => countedRegion(regions, region)).map((place) => [place.name, place]),
  )
  const rank = ({ name, filter }: CountedRegion) => {
    if (filter === noRegion) return regions.length + 1
    const listed = regions.findIndex((region) => region.name === name)
    return listed < 0 ? regions.length : listed
  }
  return [...places.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh-Hans-CN'))
}
