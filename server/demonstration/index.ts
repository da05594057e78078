import { markDemonstration } from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { seedIfEmpty, seedSlug } from '../seed.ts'
import { addDemonstrationComments } from './comments.ts'
import { addDemonstrationEndorsements } from './endorsements.ts'
import { addDemonstrationStaff, type DemonstrationAccount } from './staff.ts'

const openedDaysAgo = 9
const oneDay = 24 * 60 * 60 * 1000

/**
 * Fills an empty portal with a consultation that has been open for some days, comments in every state, endorsements of
 * some, and staff.
 * @returns the accounts, whose passwords are nowhere else; null where the portal already holds something
 */
export async function demonstrate(deps: Dependencies): Promise<DemonstrationAccount[] | null> {
  const opening = new Date(deps.now().getTime() - openedDaysAgo * oneDay)
  if (!(await seedIfEmpty({ db: deps.db, now: () => opening }))) return null
  await markDemonstration(deps.db)
  const accounts = await addDemonstrationStaff(deps)
  const moderator = accounts.find(({ role }) => role === 'moderator')
  if (moderator) await addDemonstrationComments(deps, seedSlug, moderator.id)
  const drafter = accounts.find(({ role }) => role === 'drafter')
  if (drafter) await addDemonstrationEndorsements(deps, seedSlug, drafter.id)
  return accounts
}
