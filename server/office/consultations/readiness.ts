import type { Database } from '../../../db/database.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { roundMappings } from '../../../db/queries/drafts/mappings.ts'
import { findRound, type RoundWithUnits, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { type Check, checkConsultation, checkDraft } from '../../rules/consultations/publication-checks.ts'
import { proveCompleteness } from '../../text/repairing/completeness.ts'

/** What waits to be published next, with everything that has to be in order for it. */
interface Readiness {
  round: RoundWithUnits
  checks: Check[]
}

/** The round that is not published yet, if there is one, and what is still to be done on it. */
export async function readinessOf(
  db: Database,
  consultation: Consultation,
  now: Date,
): Promise<Readiness | null> {
  const next = (await roundsOf(db, consultation.id)).find(({ publishedAt }) => publishedAt === null)
  const round = next && (await findRound(db, consultation.id, next.number))
  if (!round) return null
  const draft = draftOf(round, round.units)
  const mapped = await roundMappings(db, round.id)
  const checks = checkDraft({
    number: round.number,
    title: round.title,
    isComplete: proveCompleteness(round.source, draft).holds,
    clauses: round.units.filter(({ key }) => key !== null).length,
    unconfirmed: mapped.filter(({ staffId }) => staffId === null).length,
  })
  if (consultation.publishedAt) return { round, checks }
  return { round, checks: [...checks, ...checkConsultation(consultation, await calendarOverrides(db), now)] }
}
