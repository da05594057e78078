import type { Database } from '../../../db/database.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { roundMappings } from '../../../db/queries/drafts/mappings.ts'
import { findRound, type Round, type RoundWithUnits, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { type Check, checkConsultation, checkDraft } from '../../rules/consultations/publication-checks.ts'
import type { CalendarOverrides } from '../../rules/consultations/working-days.ts'
import { proveCompleteness } from '../../text/repairing/completeness.ts'

/** Where a consultation stands on the way to the public. */
export interface Readiness {
  rounds: Round[]
  calendar: CalendarOverrides
  /** The round that is not published yet, with everything that has to be in order for it; null where there is none. */
  waiting: { round: RoundWithUnits; checks: Check[] } | null
}

/** All rounds, and what is still to be done on the one that is not published yet. */
export async function readinessOf(db: Database, consultation: Consultation, now: Date): Promise<Readiness> {
  const [rounds, calendar] = await Promise.all([roundsOf(db, consultation.id), calendarOverrides(db)])
  const next = rounds.find(({ publishedAt }) => publishedAt === null)
  const round = next && (await findRound(db, consultation.id, next.number))
  if (!round) return { rounds, calendar, waiting: null }
  const draft = draftOf(round, round.units)
  const mapped = await roundMappings(db, round.id)
  const checks = checkDraft({
    number: round.number,
    title: round.title,
    isComplete: proveCompleteness(round.source, draft).holds,
    clauses: round.units.filter(({ key }) => key !== null).length,
    unconfirmed: mapped.filter(({ staffId }) => staffId === null).length,
  })
  const facts = consultation.publishedAt ? [] : checkConsultation(consultation, calendar, now)
  return { rounds, calendar, waiting: { round, checks: [...checks, ...facts] } }
}
