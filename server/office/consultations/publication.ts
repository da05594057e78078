import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { revisedWordingsOf } from '../../../db/queries/answers/revised-wordings.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type Round, roundsOf } from '../../../db/queries/drafts/rounds.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { consultationState, consultationStateNames } from '../../rules/consultations/consultation-states.ts'
import type { TypedPeriod } from '../../rules/consultations/facts-form.ts'
import { periodInWords } from '../../rules/consultations/periods.ts'
import { type Check, isRunning, openingDay } from '../../rules/consultations/publication-checks.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { readinessOf } from './readiness.ts'

interface ListedRound {
  number: number
  title: string
  /** null while it is a draft. */
  published: string | null
  createdBy: string | null
  publishedBy: string | null
}

/** The draft that waits for its approval. */
interface Waiting {
  number: number
  version: number
  checks: Check[]
  isReady: boolean
  /** Whether the reader put it up, and so may not approve it. */
  isOwn: boolean
  opensOn: string
}

interface PublicationPage {
  consultation: Consultation
  stateName: string
  period: { opens: string; closes: string; length: string }
  rounds: ListedRound[]
  waiting: Waiting | null
  mayDraft: boolean
  mayApprove: boolean
  isRunning: boolean
  /** Clauses of the newest round that the office has reworded. */
  rewordedClauses: number
  typed: TypedPeriod
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/publication': PublicationPage
  }
}

/** GET /office/:slug/publication: where the consultation stands, what is still to be done, and what may be done now. */
export function publication(app: FastifyInstance, deps: Dependencies): void {
  app.get('/publication', (request, reply) =>
    showPublication(deps, request, reply, { closes_on: '', short_period_reason: '' }, []),
  )
}

/** The page with what keeps a draft from being published, status 422 then. */
export async function showPublication(
  { db, now: clock }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedPeriod,
  errors: FieldError[],
): Promise<FastifyReply> {
  const now = clock()
  const { consultation } = request
  const { id, opensAt, closesAt, documentType } = consultation
  const { grants, id: staffId } = memberOf(request)
  const [rounds, readiness, calendar, wordings] = await Promise.all([
    roundsOf(db, id),
    readinessOf(db, consultation, now),
    calendarOverrides(db),
    revisedWordingsOf(db, id),
  ])
  const names = await staffNames(
    db,
    rounds.flatMap(({ createdBy, publishedBy }) => [createdBy, publishedBy]),
  )
  const [opens, closes] = [shanghaiDay(opensAt), shanghaiDay(closesAt)]
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/publication', {
    consultation,
    stateName: consultationStateNames[consultationState(consultation, now)],
    period: { opens, closes, length: periodInWords(opens, closes, documentType, calendar) },
    rounds: rounds.map((round) => listed(round, names)),
    waiting: readiness && {
      number: readiness.round.number,
      version: readiness.round.version,
      checks: readiness.checks,
      isReady: readiness.checks.every(({ problem }) => problem === null),
      isOwn: readiness.round.createdBy === staffId,
      opensOn: openingDay(consultation.publishedAt ? now : opensAt, now),
    },
    mayDraft: hasRole(grants, ['drafter'], id),
    mayApprove: hasRole(grants, ['approver'], id),
    isRunning: isRunning(consultation, now),
    rewordedClauses: wordings.length,
    typed,
    errors,
  })
}

function listed(round: Round, names: ReadonlyMap<string, string>): ListedRound {
  const { number, title, publishedAt, createdBy, publishedBy } = round
  return {
    number,
    title,
    published: publishedAt && shanghaiMinute(publishedAt),
    createdBy: names.get(createdBy ?? '') ?? null,
    publishedBy: names.get(publishedBy ?? '') ?? null,
  }
}
