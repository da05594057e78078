import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Answered,
  type AnsweredPlace,
  answeredBy,
  countAnswered,
  findResponse,
  type Response,
} from '../../../db/queries/answers/listed-responses.ts'
import { correctionsOf } from '../../../db/queries/answers/read-corrections.ts'
import { unansweredIn } from '../../../db/queries/campaigns/alike-answers.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { returnForm, rewordingForm, type TypedRewording } from '../../rules/answers/answer-form.ts'
import type { TypedCorrection } from '../../rules/answers/correction-form.ts'
import { admittedStates, outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { TypedIn } from '../../rules/form.ts'
import { nameOf, stateNames } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { field, readingAddress } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { type OneVoice, warningsOf } from './one-voice.ts'
import { type ShownCorrections, shownCorrections, whoCorrected } from './shown-corrections.ts'

interface ResponsePage {
  consultation: Consultation
  response: Response
  address: string
  outcomeName: string
  stateName: string
  /** Who put it up for approval, and who approved it; empty for a draft. */
  steps: { name: string; by: string; at: string }[]
  /** Those that say the same to the letter stand once, with how many they are. */
  comments: { id: string; count: number; clauseName: string; stateName: string; body: string; href: string }[]
  /** How many it answers. */
  count: number
  /** How it was corrected, once it is approved; null before. */
  corrections: ShownCorrections | null
  /** Where the list goes on. */
  next: string | null
  /** Comments of the campaign that it is for which it does not answer; null where there are none. */
  left: { count: number; reading: string; answering: string } | null
  /** What to look at once more before it is approved; null once it is. */
  voice: OneVoice | null
  saved: Saved | null
  /** The revision that is on the page, as its buttons send it. */
  seen: { revision: string }
  mayWrite: boolean
  mayApprove: boolean
  outcomes: [string, string][]
  typed: TypedRewording & TypedIn<typeof returnForm> & Pick<TypedCorrection, 'cause'>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/response': ResponsePage
  }
}

const shownComments = 200

/** An address under /office/:slug/responses/:response. */
export interface OfResponse {
  Params: { response: string }
}

/** GET /office/:slug/responses/:response?after=: an answer, the comments that it answers, and what may be done with it now. */
export function response(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfResponse>('/responses/:response', async (request, reply) =>
    reply.page(
      'office/answers/response',
      await responsePage(deps, request, await responseAsked(deps, request)),
    ),
  )
}

/** The answer that the address names. @throws PageError 404 where there is none, or where it was thrown away */
export async function responseAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfResponse>,
): Promise<Response> {
  const response = await findResponse(db, consultation.id, params.response)
  if (!response || response.state === 'dropped') throw notFound()
  return response
}

export function responseAddress({ slug }: Consultation, { id }: Response): string {
  return `/office/${slug}/responses/${id}`
}

/** An answer's page with nothing typed in its forms. */
export async function responsePage(
  { db }: Dependencies,
  request: FastifyRequest,
  response: Response,
): Promise<ResponsePage> {
  const { consultation } = request
  const versioned = { consultationId: consultation.id, kind: 'answer', row: response.id } as const
  const corrections = response.state === 'approved' ? await correctionsOf(db, response.id) : null
  const [comments, count, clauses, left, names, version] = await Promise.all([
    answeredBy(db, response.id, { after: placeOf(request.query), limit: shownComments + 1 }),
    countAnswered(db, response.id),
    clausePlaces(db, consultation.id),
    leftIn(db, consultation.slug, response),
    staffNames(db, [response.draftedBy, response.approvedBy, ...whoCorrected(corrections ?? [])]),
    currentVersion(db, versioned),
  ])
  const address = responseAddress(consultation, response)
  const isOpen = response.state === 'draft' || response.state === 'submitted'
  const voice = isOpen ? await warningsOf({ db, consultation, places: clauses }, [response.id]) : null
  const { id: memberId, grants } = memberOf(request)
  const revision = version?.revision ?? 0
  const shown = corrections && shownCorrections(request, response, corrections, names)
  return {
    consultation,
    response,
    address,
    outcomeName: nameOf(outcomeNames, response.outcome),
    stateName: nameOf(responseStateNames, response.state),
    steps: response.state === 'draft' ? [] : stepsOf(response, names),
    comments: once(comments.slice(0, shownComments)).map(({ state, ...comment }) => ({
      ...comment,
      clauseName: clauses.get(comment.clause)?.citation ?? comment.clause,
      stateName: nameOf(stateNames, state),
      href: letterOf(consultation, comment.publicId, state),
    })),
    count,
    corrections: shown,
    next: comments.length > shownComments ? nextAddress(address, comments[shownComments - 1]) : null,
    left,
    voice,
    saved: savedAs(consultation, versioned, version),
    seen: { revision: String(revision) },
    mayWrite: mayWrite(request),
    mayApprove: response.draftedBy !== memberId && hasRole(grants, ['approver'], consultation.id),
    outcomes: Object.entries(outcomeNames),
    typed: {
      ...rewordingForm(false).given({ ...response, revision }),
      ...returnForm.blank,
      cause: '',
      ...shown?.returned,
    },
    errors: [],
  }
}

function placeOf(query: unknown): AnsweredPlace | null {
  const [of, id] = field(query, 'after')?.split('.') ?? []
  return id && (of === 'whole' || of === 'parts') ? { of, id } : null
}

function nextAddress(address: string, last: Answered | undefined): string | null {
  return last ? `${address}?after=${last.of}.${last.of === 'whole' ? last.publicId : last.id}#answered` : null
}

/** The whole letter; where it waits to be judged anew it is read in the list. */
function letterOf({ slug }: Consultation, publicId: string, state: string): string {
  const admitted: readonly string[] = admittedStates
  return `/office/${slug}/${admitted.includes(state) ? `splits/${publicId}` : `comments?state=${state}`}`
}

function stepsOf(
  { draftedBy, submittedAt, approvedBy, approvedAt }: Response,
  names: ReadonlyMap<string, string>,
): ResponsePage['steps'] {
  const steps = [
    { name: '送审', staffId: draftedBy, time: submittedAt },
    { name: '批准', staffId: approvedBy, time: approvedAt },
  ]
  return steps.flatMap(({ name, staffId, time }) =>
    staffId && time ? [{ name, by: names.get(staffId) ?? '', at: shanghaiMinute(time) }] : [],
  )
}

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
