import type { FastifyInstance, FastifyRequest } from 'fastify'
import { confirmPassage } from '../../../db/queries/points/arranging.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberOf } from '../../plugins/roles.ts'
import {
  changed,
  mergedWithEarlier,
  type Point,
  restored,
  type Span,
  withoutPoint,
  withPoint,
  withProposed,
} from '../../rules/points/arrangement.ts'
import { markedSpan } from '../../rules/points/marked-span.ts'
import { noProposalForm, pointForm } from '../../rules/points/point-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { isAgreeing, proposedStance } from '../../text/cutting/proposed-stance.ts'
import { type AskedSplit, type OfSplit, openCuts, splitAddress, splitAsked } from './asked-split.ts'
import { begunPoint, isAsShown, partedMeanwhile, rearranged, secondPerson, wrongly } from './rearranging.ts'

/** A point of a comment. */
interface OfPoint {
  Params: { comment: string; point: string }
}

/**
 * POST /office/:slug/splits/:comment/points makes a point of the sentences that are ticked or the words that are selected,
 * …/passages a passage that asks for nothing; …/acceptance takes all that is proposed, …/whole says 只有一条, …/undoing takes
 * the last step back. …/points/:point changes what one is about, …/merger makes it one with the point before it,
 * …/removal leaves its words to nobody; …/confirmation agrees that a long passage asks for nothing.
 */
export function splitActs(app: FastifyInstance, deps: Dependencies): void {
  app.post<OfSplit>('/splits/:comment/points', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { typed, values, errors } = pointForm(asked.known).sent(request.body)
    const span = markedIn(asked, request.body)
    if (!values || 'field' in span)
      return wrongly(deps, request, reply, asked, typed, 'field' in span ? [span, ...errors] : errors)
    const point = { ...begunPoint(asked, span), ...factsIn(values) }
    return rearranged(deps, request, reply, asked, 'comment.split', (arrangement, bounds) =>
      withPoint(arrangement, point, bounds),
    )
  })

  app.post<OfSplit>('/splits/:comment/passages', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { typed, values, errors } = noProposalForm.sent(request.body)
    const span = markedIn(asked, request.body)
    if (!values || 'field' in span)
      return wrongly(deps, request, reply, asked, typed, 'field' in span ? [span, ...errors] : errors)
    if (isAgreeing([...asked.comment.body].slice(span.start, span.end).join('')))
      return wrongly(deps, request, reply, asked, typed, [agreed])
    const passage: Point = { ...begunPoint(asked, span), kind: 'no_proposal', reason: values.reason }
    return rearranged(deps, request, reply, asked, 'comment.split', (arrangement, bounds) =>
      withPoint(arrangement, passage, bounds),
    )
  })

  app.post<OfSplit>('/splits/:comment/acceptance', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const proposed = openCuts(asked).map((cut): Point => {
      const { clause, stance } = asked.comment
      const words = [...asked.comment.body].slice(cut.start, cut.end).join('')
      const about = { clause: cut.clause ?? clause, stance: proposedStance(words, stance) }
      const point = { ...begunPoint(asked, cut), ...about }
      return cut.kind === 'point' ? point : { ...point, kind: 'no_proposal', reason: 'courtesy' }
    })
    return rearranged(deps, request, reply, asked, 'comment.split', (arrangement) =>
      withProposed(arrangement, proposed),
    )
  })

  app.post<OfSplit>('/splits/:comment/whole', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    return rearranged(deps, request, reply, asked, 'comment.single', () => [])
  })

  app.post<OfSplit>('/splits/:comment/undoing', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { before } = asked.comment.split
    if (!before) throw notFound()
    return rearranged(deps, request, reply, asked, 'comment.undo_split', (arrangement) =>
      restored(before, arrangement),
    )
  })

  app.post<OfPoint>('/splits/:comment/points/:point', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { id } = pointAsked(asked, request)
    const { typed, values, errors } = pointForm(asked.known).sent(request.body)
    if (!values) return wrongly(deps, request, reply, asked, typed, errors)
    return rearranged(deps, request, reply, asked, 'comment.move_point', (arrangement, bounds) =>
      changed(arrangement, id, factsIn(values), bounds),
    )
  })

  app.post<OfPoint>('/splits/:comment/points/:point/merger', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { id } = pointAsked(asked, request)
    return rearranged(deps, request, reply, asked, 'comment.split', (arrangement, bounds) =>
      mergedWithEarlier(arrangement, id, bounds),
    )
  })

  app.post<OfPoint>('/splits/:comment/points/:point/confirmation', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { id } = pointAsked(asked, request)
    const { comment } = asked
    if (comment.split.marks.get(id)?.by === memberOf(request).id) throw secondPerson()
    if (!isAsShown(request, comment)) throw partedMeanwhile()
    await confirmPassage(deps.db, comment, id, actOf(request, deps)).catch(refusedAs(partedMeanwhile))
    return reply.redirect(splitAddress(request.consultation, comment), 303)
  })

  app.post<OfPoint>('/splits/:comment/points/:point/removal', async (request, reply) => {
    const asked = await splitAsked(deps, request)
    const { id } = pointAsked(asked, request)
    return rearranged(deps, request, reply, asked, 'comment.split', (arrangement, bounds) =>
      withoutPoint(arrangement, id, bounds),
    )
  })
}

function factsIn({
  theme,
  department,
  ...facts
}: NonNullable<ReturnType<ReturnType<typeof pointForm>['sent']>['values']>) {
  return { ...facts, themeId: theme, departmentId: department }
}

/** The words that a form marks, or what is wrong with what it marks. */
function markedIn({ comment, sentences }: AskedSplit, form: unknown): Span | FieldError {
  const span = markedSpan(form, sentences, [...comment.body].length)
  if (span === 'apart')
    return {
      field: 'sentences',
      message: '勾选的句子中间有没勾选的：一条具体意见须是连着的文字，请分开标，或者把中间的也勾上',
    }
  return span ?? { field: 'sentences', message: '请先勾选句子，或者用鼠标选中文字' }
}

const agreed: FieldError = {
  field: 'sentences',
  message: '这部分表示赞成，赞成也是意见：请标为一条具体意见，态度选“赞成”',
}

function pointAsked({ comment }: AskedSplit, { params }: FastifyRequest<OfPoint>): Point {
  const point = comment.split.arrangement.find(({ id }) => id === params.point)
  if (!point) throw notFound()
  return point
}
