import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { arrange } from '../../../db/queries/points/arranging.ts'
import { whyRefused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import type { ActName } from '../../rules/log/act-names.ts'
import {
  type Arrangement,
  type Bounds,
  keepingSettled,
  type Point,
  Settled,
  type Span,
  uncoveredSentences,
} from '../../rules/points/arrangement.ts'
import { isLetter } from '../../rules/points/letters.ts'
import { departmentEnded, pointForm } from '../../rules/points/point-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { typedText } from '../../rules/typed.ts'
import { proposedCuts } from '../../text/cutting/proposed-cuts.ts'
import { type AskedSplit, type OfSplit, splitAddress } from './asked-split.ts'
import { splitPage } from './split-page.ts'

/** A point as it begins: about what the comment is about, answered as the comment was. */
export function begunPoint({ comment }: AskedSplit, { start, end }: Span): Point {
  const { clause, stance, split } = comment
  return {
    ...{ id: randomUUID(), start, end, kind: 'point', clause, stance },
    ...{ themeId: null, departmentId: null, dueOn: null, concernId: null, reason: null, confirmedBy: null },
    responseId: split.arrangement.length === 0 ? split.responseId : null,
  }
}

/** Answers a step of parting a comment: it is stored, and the page leads on; or it says why it is not. */
export async function rearranged(
  deps: Dependencies,
  request: FastifyRequest<OfSplit>,
  reply: FastifyReply,
  asked: AskedSplit,
  name: ActName,
  change: (arrangement: Arrangement, bounds: Bounds) => Arrangement,
): Promise<FastifyReply> {
  const { comment, sentences } = asked
  const { split, body } = comment
  if (!isAsShown(request, comment)) throw partedMeanwhile()
  const arrangement = changedBy(change, split)
  const state = arrangement.length > 0 ? 'split' : stateOfWhole(request, asked, name)
  const uncovered = state === 'split' ? uncoveredSentences(body, sentences, arrangement) : 0
  const refused = await whyRefused(
    arrange(deps.db, comment, { state, arrangement, uncovered }, actOf(request, deps), name),
  )
  if (refused === 'closed') {
    const { typed } = pointForm(asked.known).sent(request.body)
    return wrongly(deps, request, reply, asked, typed, [departmentEnded])
  }
  if (refused) throw partedMeanwhile()
  return reply.redirect(splitAddress(request.consultation, comment), 303)
}

/** Whether a form was opened on what the comment is parted into now. */
export function isAsShown({ body }: FastifyRequest<OfSplit>, { split }: AskedSplit['comment']): boolean {
  return typedText(body, 'revision') === String(split.revision)
}

function changedBy(
  change: (arrangement: Arrangement, bounds: Bounds) => Arrangement,
  { arrangement, settled }: AskedSplit['comment']['split'],
): Arrangement {
  try {
    const bounds = { settled, newId: randomUUID }
    return keepingSettled(arrangement, change(arrangement, bounds), bounds)
  } catch (error) {
    throw error instanceof Settled ? answeredAlready() : error
  }
}

/** A comment without points waits for somebody again where it is a letter, unless somebody said that it is one point. */
function stateOfWhole(
  { consultation }: FastifyRequest<OfSplit>,
  { comment, known }: AskedSplit,
  name: ActName,
): 'single' | 'waiting' {
  if (name === 'comment.single') return 'single'
  const cuts = proposedCuts(comment.body, known.ordered).filter(({ kind }) => kind === 'point').length
  return isLetter([...comment.body].length, cuts, consultation.letters) ? 'waiting' : 'single'
}

/** The page again, with what was typed and what is wrong with it. */
export async function wrongly(
  deps: Dependencies,
  request: FastifyRequest<OfSplit>,
  reply: FastifyReply,
  asked: AskedSplit,
  typed: Record<string, string>,
  errors: FieldError[],
): Promise<FastifyReply> {
  const page = await splitPage(deps, request, asked)
  return reply.code(422).page('office/points/split', { ...page, typed: { ...page.typed, ...typed }, errors })
}

export function partedMeanwhile(): PageError {
  return new PageError(
    409,
    'parted_meanwhile',
    '这条意见刚刚有变化',
    '可能有同事刚刚梳理过它，或者提出人修改、撤回了意见。您这一步没有保存。请返回这条意见，看过现在的样子再做。',
  )
}

export function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能同意自己的认定', '请由另一位同事看过后同意。')
}

function answeredAlready(): PageError {
  return new PageError(
    409,
    'point_answered',
    '这条具体意见已经有批准的答复',
    '答复已经告诉提出人，所以不能再拆改它所依据的文字。如答复有误，请先更正答复。',
  )
}
