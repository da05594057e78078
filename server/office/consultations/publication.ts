import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Round } from '../../../db/queries/drafts/rounds.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import { revisedWordingsOf, waitingClauses } from '../../../db/queries/wordings/revised-wordings.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { consultationState, consultationStateNames } from '../../rules/consultations/consultation-states.ts'
import type { TypedPeriod } from '../../rules/consultations/facts-form.ts'
import { periodInWords } from '../../rules/consultations/periods.ts'
import { type Check, isRunning, openingDay } from '../../rules/consultations/publication-checks.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { type Readiness, readinessOf } from './readiness.ts'

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
  /** Clauses whose wording waits for a second person, as they are cited: they are not in the next round yet. */
  waitingWordings: string[]
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
  app.get('/publication', async (request, reply) => {
    const readiness = await readinessOf(deps.db, request.consultation, deps.now())
    return showPublication(deps, request, reply, readiness, { closes_on: '', short_period_reason: '' }, [])
  })
}

/** The page with what keeps a draft from being published, status 422 then. */
export async function showPublication(
  { db, now: clock }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { rounds, calendar, waiting }: Readiness,
  typed: TypedPeriod,
  errors: FieldError[],
): Promise<FastifyReply> {
  const now = clock()
  const { consultation } = request
  const { id, opensAt, closesAt, documentType } = consultation
  const { grants, id: staffId } = memberOf(request)
  const people = rounds.flatMap(({ createdBy, publishedBy }) => [createdBy, publishedBy])
  const [names, wordings, waitingWordings] = await Promise.all([
    staffNames(db, people),
    revisedWordingsOf(db, id),
    waitingClauses(db, id),
  ])
  const [opens, closes] = [shanghaiDay(opensAt), shanghaiDay(closesAt)]
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/publication', {
    consultation,
    stateName: consultationStateNames[consultationState(consultation, now)],
    period: { opens, closes, length: periodInWords(opens, closes, documentType, calendar) },
    rounds: rounds.map((round) => listed(round, names)),
    waiting: waiting && {
      number: waiting.round.number,
      version: waiting.round.version,
      checks: waiting.checks,
      isReady: waiting.checks.every(({ problem }) => problem === null),
      isOwn: waiting.round.createdBy === staffId,
      opensOn: openingDay(consultation.publishedAt ? now : opensAt, now),
    },
    mayDraft: hasRole(grants, ['drafter'], id),
    mayApprove: hasRole(grants, ['approver'], id),
    isRunning: isRunning(consultation, now),
    rewordedClauses: wordings.length,
    waitingWordings,
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
