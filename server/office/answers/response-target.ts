import type { AnswerTarget } from '../../../db/queries/answers/answer-targets.ts'
import type { Sources } from '../../../db/queries/wordings/wording-sources.ts'
import { PageError } from '../../plugins/page-error.ts'
import { typedTick } from '../../rules/typed.ts'
import { field, filterFields, filtersOf } from '../comments/reading-address.ts'

/** Beyond this many, a person answers all of a reading instead of picking. */
const mostPicked = 1000

/**
 * What a form or an address wants answered: the points or comments that are picked, a concern, or else all of the reading
 * that it names.
 * @param clauses the consultation's clauses
 */
export function targetOf(form: unknown, clauses: { key: string }[]): AnswerTarget {
  const [comments, points] = [pickedComments(form), pickedPoints(form)]
  const concern = field(form, 'concern')
  if (points.length > 0) return { kind: 'points', ids: points, comments }
  if (concern) return { kind: 'concern', id: concern }
  return comments.length > 0
    ? { kind: 'comments', ids: comments }
    : { kind: 'reading', filters: filtersOf(form, clauses) }
}

/** Whether a form says that it means all of its reading, so that one in which nothing was ticked is not taken for it. */
export function meansAll(form: unknown): boolean {
  return typedTick(form, 'all')
}

/** The ids of the comments that were ticked; one tick may stand for several. */
export function pickedComments(form: unknown): string[] {
  return picked(form, 'comment')
}

/** The same of points. */
export function pickedPoints(form: unknown): string[] {
  return picked(form, 'point')
}

/** The same of concerns. */
export function pickedConcerns(form: unknown): string[] {
  return picked(form, 'concern')
}

/** What a form of a wording has ticked as having led to it. */
export function tickedSources(form: unknown): Sources {
  return { comments: pickedComments(form), points: pickedPoints(form), concerns: pickedConcerns(form) }
}

function picked(form: unknown, name: string): string[] {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, name) : null
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values
    .flatMap((ids) => (typeof ids === 'string' ? ids.split(',') : []))
    .filter((id) => /^[\w-]{1,64}$/.test(id))
    .slice(0, mostPicked)
}

/** The hidden fields with which a form says what it answers. */
export function targetFields(target: AnswerTarget): { name: string; value: string }[] {
  switch (target.kind) {
    case 'comments':
      return [{ name: 'comment', value: target.ids.join(',') }]
    case 'points':
      return [
        { name: 'point', value: target.ids.join(',') },
        { name: 'comment', value: target.comments.join(',') },
      ]
    case 'concern':
      return [{ name: 'concern', value: target.id }]
    case 'reading':
      return [{ name: 'all', value: 'yes' }, ...filterFields(target.filters)]
  }
}

export function nothingPicked(): PageError {
  return new PageError(422, 'nothing_picked', '还没有勾选意见', '请返回上一页，先勾选意见，再选择要办的事。')
}
