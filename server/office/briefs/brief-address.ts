import type { SectionKey } from '../../rules/briefs/brief.ts'
import type { Day } from '../../rules/days.ts'

/** The address of a brief: as of a day, of the whole or of a part. */
export function briefAddress(slug: string, day: Day | null, { kind, key }: SectionKey): string {
  const query = new URLSearchParams({ ...(day ? { day } : {}), ...(kind === 'whole' ? {} : { [kind]: key }) })
  return `/office/${slug}/brief${query.size > 0 ? `?${query}` : ''}`
}
