import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasConsultations } from '../db/queries/consultations/consultations.ts'
import { type NewConsultation, seedConsultation } from '../db/queries/consultations/new-consultations.ts'
import { Refused } from '../db/refused.ts'
import type { Dependencies } from './dependencies.ts'
import { addDays, endOfDay, shanghaiDay } from './rules/days.ts'
import { readDraft } from './text/outlining/outline.ts'

const folder = join(import.meta.dirname, '../seeds')
const seed = 'shanxi-old-revolutionary-areas'
const openForDays = 30

/** The address of the consultation that the portal starts with. */
export const seedSlug = 'shanxi-laoqu'

/**
 * Puts the draft that ships with the portal out for comment, if nothing is there yet: open from now, for 30 days.
 * @returns whether it did; of nodes that start at once one does
 */
export async function seedIfEmpty({ db, now }: Pick<Dependencies, 'db' | 'now'>): Promise<boolean> {
  if (await hasConsultations(db)) return false
  const { facts, source } = readSeed()
  const opensAt = now()
  const closesAt = endOfDay(addDays(shanghaiDay(opensAt), openForDays))
  try {
    await seedConsultation(db, { ...facts, opensAt, closesAt }, readDraft(source), source, opensAt, opensAt)
    return true
  } catch (error) {
    // It is refused only once another node's is stored whole.
    if (error instanceof Refused) return false
    throw error
  }
}

function readSeed() {
  const facts: Omit<NewConsultation, 'opensAt' | 'closesAt'> = JSON.parse(
    readFileSync(join(folder, `${seed}.json`), 'utf8'),
  )
  return { facts, source: readFileSync(join(folder, `${seed}.txt`), 'utf8') }
}
