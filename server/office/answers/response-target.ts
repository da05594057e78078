import type { AnswerTarget } from '../../../db/queries/answers/response-drafts.ts'
import { PageError } from '../../plugins/page-error.ts'
import { typedTick } from '../../rules/typed.ts'
import { filterFields, filtersOf } from '../comments/reading-address.ts'

/** Beyond this many, a person answers all of a reading instead of picking. */
const mostPicked = 1000

/**
 * What a form or an address wants answered: the comments that are picked, or else all of the reading that it names.
 * @param clauses the consultation's clauses
 */
export function targetOf(form: unknown, clauses: { key: string }[]): AnswerTarget {
  const picked = pickedComments(form)
  return picked.length > 0
    ? { kind: 'comments', ids: picked }
    : { kind: 'reading', filters: filtersOf(form, clauses) }
}

/** Whether a form says that it means all of its reading, so that one in which nothing was ticked is not taken for it. */
export function meansAll(form: unknown): boolean {
  return typedTick(form, 'all')
}

/** The ids of the comments that were ticked; one tick may stand for several. */
export function pickedComments(form: unknown): string[] {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, 'comment') : null
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values
    .flatMap((ids) => (typeof ids === 'string' ? ids.split(',') : []))
    .filter((id) => /^[\w-]{1,64}$/.test(id))
    .slice(0, mostPicked)
}

/** The hidden fields with which a form says what it answers. */
export function targetFields(target: AnswerTarget): { name: string; value: string }[] {
  return target.kind === 'comments'
    ? [{ name: 'comment', value: target.ids.join(',') }]
    : [{ name: 'all', value: 'yes' }, ...filterFields(target.filters)]
}

export function nothingPicked(): PageError {
  return new PageError(
    422,
    'nothing_picked',
    '还没有勾选意见',
    '请返回逐条阅读，先勾选意见，再选择要办的事。',
  )
}
