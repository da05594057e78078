import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  answeredComments,
  countAnswered,
  findResponse,
  type Response,
} from '../../../db/queries/answers/listed-responses.ts'
import { unansweredIn } from '../../../db/queries/campaigns/alike-answers.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import type { TypedAnswer } from '../../rules/answers/answer-form.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { nameOf, stateNames } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { consultationOf, mayWrite } from '../consultation.ts'

interface ResponsePage {
  consultation: Consultation
  response: Response
  address: string
  outcomeName: string
  stateName: string
  /** Those that say the same to the letter stand once, with how many they are. */
  comments: { id: string; count: number; clauseName: string; stateName: string; body: string; href: string }[]
  /** How many it answers, and how many of them the page shows. */
  count: number
  listed: number
  /** More comments than the page shows. */
  more: boolean
  /** Comments of the campaign that it is for which it does not answer; null where there are none. */
  left: { count: number; reading: string; answering: string } | null
  mayWrite: boolean
  mayApprove: boolean
  outcomes: [string, string][]
  typed: TypedAnswer
  note: string
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/response': ResponsePage
  }
}

const shownComments = 200

/** GET /office/:slug/responses/:response */
export function responsePage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/answers/response', await pageOf(deps, request))
}

/** An answer's page with nothing typed in its forms. @throws PageError 404 where there is no such answer */
export async function pageOf({ db }: Dependencies, request: FastifyRequest): Promise<ResponsePage> {
  const consultation = consultationOf(request)
  const id: unknown = Reflect.get(Object(request.params), 'response')
  const response = typeof id === 'string' ? await findResponse(db, consultation.id, id) : null
  if (!response || response.state === 'dropped') throw notFound()
  const [comments, count, clauses, left] = await Promise.all([
    answeredComments(db, response.id, shownComments + 1),
    countAnswered(db, response.id),
    clausePlaces(db, consultation.id),
    leftIn(db, consultation.slug, response),
  ])
  const { id: memberId, grants } = memberOf(request)
  return {
    consultation,
    response,
    address: `/office/${consultation.slug}/responses/${response.id}`,
    outcomeName: nameOf(outcomeNames, response.outcome),
    stateName: nameOf(responseStateNames, response.state),
    comments: once(comments.slice(0, shownComments)).map(({ state, ...comment }) => ({
      ...comment,
      clauseName: clauses.get(comment.clause)?.citation ?? comment.clause,
      stateName: nameOf(stateNames, state),
      href: `/office/${consultation.slug}/comments?clause=${comment.clause}#c-${comment.id}`,
    })),
    count,
    listed: Math.min(comments.length, shownComments),
    more: comments.length > shownComments,
    left,
    mayWrite: mayWrite(request),
    mayApprove: response.draftedBy !== memberId && hasRole(grants, ['approver'], consultation.id),
    outcomes: Object.entries(outcomeNames),
    typed: { outcome: response.outcome, reason: response.reason, summary: response.summary ?? '' },
    note: '',
    errors: [],
  }
}

type Answered = Awaited<ReturnType<typeof answeredComments>>[number]

function once(comments: Answered[]): (Answered & { count: number })[] {
  const groups = new Map<string, Answered & { count: number }>()
  for (const comment of comments) {
    const { clause, state, body } = comment
    const key = JSON.stringify([clause, state, body])
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { ...comment, count: 1 })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

async function leftIn(
  db: Dependencies['db'],
  slug: string,
  { id, campaignId: campaign }: Response,
): Promise<ResponsePage['left']> {
  const count = campaign ? await unansweredIn(db, campaign) : 0
  if (!campaign || count === 0) return null
  return {
    count,
    reading: readingAddress(slug, { campaign, answered: 'no' }),
    answering: `/office/${slug}/responses/new?campaign=${campaign}&like=${id}`,
  }
}
