import { LRUCache } from 'lru-cache'
import type { Database } from '../../db/database.ts'
import {
  type Consultation,
  findConsultation,
  findStanding,
  type Standing,
} from '../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../db/queries/drafts/ordered-clauses.ts'
import { currentRound, type Round } from '../../db/queries/drafts/rounds.ts'
import type { StoredUnit } from '../../db/queries/drafts/units.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import type { SeenKey } from '../plugins/shown-pages.ts'
import {
  type ConsultationState,
  consultationState,
  standsUntil,
} from '../rules/consultations/consultation-states.ts'
import { isOffered } from '../rules/consultations/offers.ts'
import { endOfDay, shanghaiDay } from '../rules/days.ts'
import { wholeDraft } from '../rules/names.ts'
import { type ClauseName, nameClauses } from '../text/words/clause-names.ts'

/** A consultation that the public may see, as it stands now. */
export interface Seen {
  consultation: Standing
  state: ConsultationState
}

/** All of it, with the text that is out for comment. */
export interface Scope extends Seen {
  consultation: Consultation
  round: Round & { units: StoredUnit[] }
  /** What each clause is called, by its key: first those of the round, then those that it dropped. */
  names: Map<string, ClauseName>
  /** The clauses that it dropped, as they last read: comments on them stay. */
  dropped: OrderedClause[]
}

export type Clause = StoredUnit & { key: string }

/**
 * The consultation at an address as the public may see it.
 * @throws PageError 404 where there is none, or where it has not been published
 */
export async function seenConsultation({ db, now }: Dependencies, slug: string): Promise<Seen> {
  const consultation = await findStanding(db, slug)
  const state = consultation && consultationState(consultation, now())
  if (!consultation || !state || state === 'draft') throw notFound()
  return { consultation, state }
}

/** What is read of a consultation's text, and when, by the clock of `performance`. */
interface ReadText {
  revision: number
  at: number
  text: Omit<Scope, keyof Seen> & Pick<Scope, 'consultation'>
}
const mostTexts = 50
const readTexts = new WeakMap<Database, LRUCache<string, ReadText>>()

/**
 * With its text, which is read once for each revision: whoever sends would else wait until it is read and its clauses are
 * named, hundreds of times a second.
 * @throws PageError 404 where no round has been published
 */
export async function withRound({ db }: Pick<Dependencies, 'db'>, seen: Seen): Promise<Scope> {
  const { id, revision } = seen.consultation
  const texts = readTexts.get(db) ?? new LRUCache({ max: mostTexts })
  readTexts.set(db, texts)
  const known = texts.get(id)
  if (known?.revision === revision && known.at > db.lastChange()) return { ...seen, ...known.text }
  const at = performance.now()
  const text = await readText(db, seen)
  // What was read later than the revision may be newer than it.
  if (text.consultation.revision === revision) texts.set(id, { revision, at, text })
  return { ...seen, ...text }
}

async function readText(db: Database, seen: Seen): Promise<ReadText['text']> {
  const consultation = await findConsultation(db, seen.consultation.slug)
  const round = await currentRound(db, seen.consultation.id)
  if (!consultation || !round) throw notFound()
  const standing = nameClauses(round.units)
  const everyClause = round.number === 1 ? [] : await orderedClauses(db, consultation.id)
  const dropped = everyClause.filter(({ key }) => !standing.has(key))
  // A clause that a later round dropped goes by its last name.
  const gone = dropped.map(({ key, name }) => [key, { name, inOutline: name }] as const)
  return { consultation, round, names: new Map([...standing, ...gone]), dropped }
}

/** Both in one: for what is never kept. */
export async function publicScope(deps: Dependencies, slug: string): Promise<Scope> {
  return withRound(deps, await seenConsultation(deps, slug))
}

/** What a kept page of a consultation follows from: its public content, and the clock. The last says until when. */
export function seenKey({ consultation, state }: Seen, now: Date): SeenKey {
  const today = shanghaiDay(now)
  const midnight = endOfDay(today).getTime() + 1
  const until = Math.min(standsUntil(consultation, now) ?? midnight, midnight)
  return [consultation.id, consultation.revision, state, today, until]
}

/** Whether a published comment may be endorsed: the consultation offers it, and still takes what people say. */
export function mayEndorse({ consultation, state }: Pick<Scope, 'consultation' | 'state'>): boolean {
  return state === 'open' && isOffered(consultation, 'endorsements')
}

/** The units that can be commented on. */
export function clausesOf({ round }: Pick<Scope, 'round'>): Clause[] {
  return round.units.filter((unit): unit is Clause => unit.key !== null)
}

/** The text of each, by its key. */
export function clauseTexts(scope: Pick<Scope, 'round'>): Map<string, string> {
  return new Map(clausesOf(scope).map(({ key, text }) => [key, text]))
}

/** @throws PageError 404 for a key that no clause of the current round has */
export function clauseOf(scope: Scope, key: string): Clause {
  const clause = clausesOf(scope).find((unit) => unit.key === key)
  if (!clause) throw notFound()
  return clause
}

/** What a comment's clause is called. */
export function nameIn({ names }: Pick<Scope, 'names'>, key: string, wholeName: string): string {
  return key === wholeDraft ? wholeName : (names.get(key)?.name ?? key)
}
