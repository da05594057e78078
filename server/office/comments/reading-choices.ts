import { campaignsOf } from '../../../db/queries/campaigns/campaigns.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { noRegion } from '../../rules/comments/reading-filters.ts'
import { noRegionName } from '../../rules/consultations/counted-regions.ts'
import { excerpt } from '../../text/words/sentences.ts'

/** What a consultation's comments can be narrowed to besides what every consultation has. */
export interface Choices {
  clauses: Choice[]
  themes: Choice[]
  campaigns: Choice[]
  departments: Choice[]
  regions: Choice[]
}

/** `count` is how many comments it leads to where nothing else narrows; null where that is not known. */
export interface Choice {
  key: string
  name: string
  count: number | null
}

const mostCampaigns = 20

export async function choicesOf(
  { db }: Dependencies,
  { id, regions }: Consultation,
  clauses: { key: string; name: string }[],
): Promise<Choices> {
  const [themes, campaigns, departments] = await Promise.all([
    themesOf(db, id),
    campaignsOf(db, [id], mostCampaigns),
    departmentsOf(db, id),
  ])
  const uncounted = ({ key, name }: { key: string; name: string }) => ({ key, name, count: null })
  return {
    clauses: clauses.map(uncounted),
    themes: themes.map(({ id: key, name, comments: count }) => ({ key, name, count })),
    campaigns: campaigns.map(({ id: key, body, count }) => ({ key, name: excerpt(body, 20), count })),
    departments: departments.map(({ id: key, name, closedAt }) =>
      uncounted({ key, name: closedAt ? `${name}（已结束办理）` : name }),
    ),
    regions: [
      ...regions.map(({ name }) => uncounted({ key: name, name })),
      ...(regions.length > 0 ? [uncounted({ key: noRegion, name: noRegionName })] : []),
    ],
  }
}
