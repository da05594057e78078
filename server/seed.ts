import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasConsultations } from '../db/queries/consultations/consultations.ts'
import { type NewConsultation, seedConsultation } from '../db/queries/consultations/new-consultations.ts'
import type { Dependencies } from './dependencies.ts'
import { addDays, endOfDay, shanghaiDay } from './rules/days.ts'
import { readDraft } from './text/outlining/outline.ts'

const folder = join(import.meta.dirname, '../seeds')
const seed = 'shanxi-old-revolutionary-areas'
const openForDays = 30

/** The address of the consultation that the portal starts with. */
export const seedSlug = 'shanxi-laoqu'

/** Puts the draft that ships with the portal out for comment, if nothing is there yet: open from now, for 30 days. */
export async function seedIfEmpty({ db, now }: Pick<Dependencies, 'db' | 'now'>): Promise<void> {
  if (await hasConsultations(db)) return
  const facts: Omit<NewConsultation, 'opensAt' | 'closesAt'> = JSON.parse(
    readFileSync(join(folder, `${seed}.json`), 'utf8'),
  )
  const source = readFileSync(join(folder, `${seed}.txt`), 'utf8')
  const opensAt = now()
  const closesAt = endOfDay(addDays(shanghaiDay(opensAt), openForDays))
  await seedConsultation(db, { ...facts, opensAt, closesAt }, readDraft(source), source, opensAt, opensAt)
}
