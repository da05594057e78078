import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import { type AnswerTarget, answerable } from '../../../db/queries/answers/answer-targets.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import {
  type OpenReply,
  openReplies,
  openRepliesAmong,
} from '../../../db/queries/departments/open-replies.ts'
import { Refused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { assignedThing, assignmentKey, assignmentKinds } from '../../rules/departments/assignments.ts'
import { nameOf } from '../../rules/names.ts'
import { isUnstorable, typedTick, typedTicks } from '../../rules/typed.ts'
import { listAddress } from '../answers/responses-address.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { departmentsAddress } from './departments.ts'

interface ShownReply extends OpenReply {
  kindName: string
  outcomeName: string
  /** Where it is answered by itself. */
  answering: string
}

interface RepliesPage {
  consultation: Consultation
  address: string
  replies: ShownReply[]
  /** The same page with every box ticked, or with none. */
  ticking: { isTicked: boolean; other: string }
  next: string | null
  mayWrite: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/departments/department-replies': RepliesPage
    'office/departments/department-replies-taken': {
      consultation: Consultation
      address: string
      /** How many answers were drafted, and where they are listed. */
      drafted: number
      drafts: string
      left: (ShownReply & { why: string })[]
    }
  }
}

const pageSize = 100

/**
 * GET /office/:slug/departments/replies?after=: what departments have confirmed and the office has not answered. POST drafts an
 * answer of each that was ticked, with the department's outcome and reason; what departments wrote is kept as it is.
 */
export function departmentReplies(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/departments/replies', async (request, reply) => {
    const { consultation, query } = request
    const after = assignedThing(field(query, 'after') ?? '')
    const found = await openReplies(db, consultation.id, { after, limit: pageSize + 1 })
    const replies = found.slice(0, pageSize)
    const last = found.length > pageSize ? replies.at(-1) : null
    const address = `${departmentsAddress(consultation)}/replies`
    const isTicked = typedTick(query, 'ticked')
    const here = { ...(after ? { after: assignmentKey(after) } : {}), ...(isTicked ? {} : { ticked: 'yes' }) }
    return reply.page('office/departments/department-replies', {
      ...{ consultation, address },
      replies: replies.map((one) => shown(consultation, one)),
      ticking: { isTicked, other: `${address}?${new URLSearchParams(here)}` },
      next: last ? `${address}?after=${assignmentKey(last)}` : null,
      mayWrite: mayWrite(request),
    })
  })

  app.post('/departments/replies', async (request, reply) => {
    const { consultation } = request
    const ids = repliesTicked(request)
    const act = actOf(request, deps)
    const left: (ShownReply & { why: string })[] = []
    const open = await openRepliesAmong(db, consultation.id, ids)
    for (const one of open) {
      const why = await takenOver(deps, consultation, one, act)
      if (why) left.push({ ...shown(consultation, one), why })
    }
    return reply.page('office/departments/department-replies-taken', {
      consultation,
      address: `${departmentsAddress(consultation)}/replies`,
      drafted: open.length - left.length,
      drafts: listAddress(consultation, { state: 'draft', drafter: act.staffId }),
      left,
    })
  })
}

/** @returns why no answer was drafted; null where one was */
async function takenOver(
  { db }: Dependencies,
  { id }: Consultation,
  { kind, target: thing, outcome, reason, text }: OpenReply,
  act: Act,
): Promise<string | null> {
  const target = targetOf(kind, thing)
  const { count, withheld } = await answerable(db, id, target)
  const summary = kind === 'concern' ? text : null
  if (count === 0) return '已经有了答复'
  if (withheld > 0 && summary === null) return '有不公开的意见，答复要写归纳，请单独起草'
  try {
    await draftResponse(db, id, target, { outcome, reason, summary }, act)
    return null
  } catch (error) {
    if (error instanceof Refused) return '同事刚刚答复了'
    throw error
  }
}

function targetOf(kind: OpenReply['kind'], id: string): AnswerTarget {
  if (kind === 'concern') return { kind, id }
  return kind === 'point' ? { kind: 'points', ids: [id], comments: [] } : { kind: 'comments', ids: [id] }
}

function repliesTicked({ body }: FastifyRequest): string[] {
  const ids = typedTicks(body, 'reply').filter((id) => id !== '' && !isUnstorable(id))
  if (ids.length > 0) return [...new Set(ids)].slice(0, pageSize)
  throw new PageError(422, 'nothing_ticked', '还没有勾选答复意见', '请返回上一页，先勾选，再采用。')
}

function shown({ slug }: Consultation, one: OpenReply): ShownReply {
  return {
    ...one,
    kindName: assignmentKinds[one.kind],
    outcomeName: nameOf(outcomeNames, one.outcome),
    answering: `/office/${slug}/responses/new?${one.kind}=${one.target}`,
  }
}
