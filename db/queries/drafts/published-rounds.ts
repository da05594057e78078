import { asc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { consultations, rounds } from '../../schema/index.ts'
import { roundUnits, type StoredUnit } from './units.ts'

/** A text that the public can read, and the one that it was read from. */
interface PublishedRound {
  slug: string
  number: number
  title: string
  source: string
  artefacts: (typeof rounds.$inferSelect)['artefacts']
  units: StoredUnit[]
}

/** Every published round with its units, one after another, so that they need not all fit into memory. */
export async function* publishedRounds(db: Database): AsyncGenerator<PublishedRound> {
  const published = await db.query
    .select({ id: rounds.id, slug: consultations.slug, number: rounds.number })
    .from(rounds)
    .innerJoin(consultations, eq(consultations.id, rounds.consultationId))
    .where(isNotNull(rounds.publishedAt))
    .orderBy(asc(consultations.slug), asc(rounds.number))
  for (const { id, ...named } of published) {
    const [round] = await db.query
      .select({ title: rounds.title, source: rounds.source, artefacts: rounds.artefacts })
      .from(rounds)
      .where(eq(rounds.id, id))
    if (round) yield { ...named, ...round, units: await roundUnits(db, id) }
  }
}
