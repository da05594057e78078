import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasConsultations } from '../db/queries/consultations/consultations.ts'
import { seedConsultation } from '../db/queries/consultations/new-consultations.ts'
import type { Dependencies } from './dependencies.ts'
import type { Region } from './rules/consultations/regions.ts'
import { addDays, endOfDay, shanghaiDay } from './rules/days.ts'
import { readDraft } from './text/outlining/outline.ts'

interface SeedFacts {
  slug: string
  title: string
  organ: string
  documentType: string
  publicationPolicy: string
  explanation: string
  regions: Region[]
}

const folder = join(import.meta.dirname, '../seeds')
const seed = 'shanxi-old-revolutionary-areas'
const openForDays = 30

/** The address of the consultation that the portal starts with. */
export const seedSlug = 'shanxi-laoqu'

/** Puts the draft that ships with the portal out for comment, if nothing is there yet: open from now, for 30 days. */
export async function seedIfEmpty({ db, now }: Pick<Dependencies, 'db' | 'now'>): Promise<void> {
  if (await hasConsultations(db)) return
  const facts = JSON.parse(readFileSync(join(folder, `${seed}.json`), 'utf8')) as SeedFacts
  const source = readFileSync(join(folder, `${seed}.txt`), 'utf8')
  const opensAt = now()
  const { slug, title, organ, documentType, publicationPolicy, explanation, regions } = facts
  await seedConsultation(
    db,
    {
      slug,
      title,
      organ,
      documentType,
      publicationPolicy,
      explanation,
      regions,
      opensAt,
      closesAt: endOfDay(addDays(shanghaiDay(opensAt), openForDays)),
    },
    readDraft(source),
    source,
    opensAt,
    opensAt,
  )
}
