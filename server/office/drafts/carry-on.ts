import type { Database } from '../../../db/database.ts'
import { roundMappings } from '../../../db/queries/drafts/mappings.ts'
import type { Mapped } from '../../../db/queries/drafts/round-drafts.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { lastingKeys } from '../../rules/drafts/clause-relations.ts'
import { proposeMapping } from '../../text/comparing/mapping.ts'
import type { Draft } from '../../text/outlining/outline.ts'

/** A draft whose clauses bear their lasting keys, with how they came out of the round before. */
interface Carried {
  keyed: Draft
  mapped: Mapped
}

/**
 * Carries the keys of the round before on to a draft, as its texts and their sequence propose; in a first round, which
 * has none before it, each clause keeps the key of its place.
 * @param known what is known of clauses, by their words: what a person has confirmed, or what the office reworded
 */
export function carryOn(
  before: RoundWithUnits | null,
  draft: Draft,
  known: ReadonlyMap<string, Pick<Mapped[number], 'relation' | 'from' | 'staffId'>> = new Map(),
): Carried {
  if (!before) return { keyed: draft, mapped: [] }
  const mapped = proposed(before, draft).map(({ position, ...proposal }) => ({
    ...proposal,
    ...known.get(draft.units[position]?.text ?? ''),
    position,
  }))
  const from = new Map(mapped.map((mapping) => [mapping.position, mapping.from]))
  return { keyed: { ...draft, units: lastingKeys(draft.units, before.number + 1, from) }, mapped }
}

function proposed(before: RoundWithUnits, draft: Draft): Mapped {
  const old = before.units.flatMap(({ key, text }) => (key === null ? [] : [{ key, text }]))
  const clauses = draft.units.flatMap(({ key, text }, position) => (key === null ? [] : [{ position, text }]))
  const mappings = proposeMapping(
    old,
    clauses.map(({ text }) => text),
  )
  return clauses.map(({ position }, place) => {
    const { relation, from } = mappings[place] ?? { relation: 'new', from: [] }
    return { position, relation, from, staffId: null }
  })
}

/** What a person has confirmed of a round's clauses, by their words: after a change it stays where they did. */
export async function confirmedOf(
  db: Database,
  { id, units }: RoundWithUnits,
): Promise<Map<string, Mapped[number]>> {
  const mappings = (await roundMappings(db, id)).filter(({ staffId }) => staffId !== null)
  return new Map(
    mappings.map(({ position, relation, from, staffId }) => [
      units[position]?.text ?? '',
      { position, relation, from, staffId },
    ]),
  )
}
