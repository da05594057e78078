import type { Setup } from '../../db/queries/staff/activation.ts'
import { BrokenSeal, type Seals } from '../../db/sealing/sealed.ts'

/** Between the two steps of an activation what was set up travels in the form, sealed, so that no half account is stored. */
const place = { table: 'staff', column: 'setup', row: 'form' }

export function sealSetup(seals: Seals, setup: Setup): string {
  return seals.seal(JSON.stringify(setup), place)
}

/** What this portal sealed; null for anything else. */
export function openSetup(seals: Seals, sealed: string): Setup | null {
  try {
    return JSON.parse(seals.open(sealed, place)) as Setup
  } catch (error) {
    if (error instanceof BrokenSeal) return null
    throw error
  }
}
