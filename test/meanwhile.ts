import { vi } from 'vitest'
import type { Database } from '../db/database.ts'

/** Lets somebody else be first: what they do is stored after the next request has read, and before it stores anything. */
export function meanwhile(db: Database, act: () => Promise<unknown>): void {
  const { atomically } = db
  vi.spyOn(db, 'atomically').mockImplementationOnce(async (build) => {
    await act()
    return atomically(build)
  })
}
