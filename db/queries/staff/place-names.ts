import type { Database } from '../../database.ts'
import { consultations } from '../../schema/index.ts'
import { siteFacts } from '../settings.ts'

/** What the site and those behind it are called, and every organ that it serves: no password holds one of them. */
export async function placeNames(db: Database): Promise<string[]> {
  const [{ name, sponsor, organiser }, organs] = await Promise.all([
    siteFacts(db),
    db.query.selectDistinct({ organ: consultations.organ }).from(consultations),
  ])
  return [name, sponsor, organiser, ...organs.map(({ organ }) => organ)].flatMap((each) => each ?? [])
}
