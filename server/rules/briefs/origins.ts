import { countedRegion, countedRegions } from '../consultations/counted-regions.ts'
import type { Region } from '../consultations/regions.ts'
import { channelNames, identityNames, nameOf } from '../names.ts'
import type { BriefSection } from './brief.ts'

/** From where 件 came, how, and from whom: each kind with its counts, without those that have none. */
export interface Origin {
  title: string
  counts: [name: string, submissions: number][]
}

/** The origins of a section, as its page and its paper name them; places in the consultation's order. */
export function originsOf(
  { regions, channels, identities }: Pick<BriefSection, 'regions' | 'channels' | 'identities'>,
  listed: readonly Region[],
): Origin[] {
  const places = countedRegions(
    listed,
    regions.map(([region]) => region),
  ).map(({ name }): [string, number] => [
    name,
    regions.reduce(
      (sum, [region, count]) => sum + (countedRegion(listed, region).name === name ? count : 0),
      0,
    ),
  ])
  const named = (rows: readonly [string, number][], names: Readonly<Record<string, string>>) =>
    rows.map(([key, count]): [string, number] => [nameOf(names, key), count])
  return [
    { title: '来自', counts: places },
    { title: '渠道', counts: named(channels, channelNames) },
    { title: '身份', counts: named(identities, identityNames) },
  ].filter(({ counts }) => counts.length > 0)
}
