import { randomBytes } from 'node:crypto'
import { isDemonstration } from '../../db/queries/settings.ts'
import { findMemberByName } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { people } from './staff.ts'

/** Signs in as one of the demonstration's people, without password and second factor, until the portal stops. */
export interface Entrance {
  name: string
  staffId: string
  key: string
}

/** An entrance for each account of the demonstration, with new keys at each start; none in production or elsewhere. */
export async function entrancesOf({ config, db }: Pick<Dependencies, 'config' | 'db'>): Promise<Entrance[]> {
  if (config.production || !(await isDemonstration(db))) return []
  const found = await Promise.all(people.map(([name]) => findMemberByName(db, name)))
  return found.flatMap((member) =>
    member ? [{ name: member.name, staffId: member.id, key: randomBytes(16).toString('base64url') }] : [],
  )
}
