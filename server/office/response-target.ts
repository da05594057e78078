import type { ReadingFilters } from '../../db/queries/reading.ts'
import type { AnswerTarget } from '../../db/queries/responses.ts'
import { filtersOf } from './reading-address.ts'

/** Beyond this many, a person answers all of a reading instead of picking. */
const mostPicked = 200

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

/** The ids of the comments that were ticked. */
export function pickedComments(form: unknown): string[] {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, 'comment') : null
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values
    .filter((id) => typeof id === 'string')
    .filter((id) => /^[\w-]{1,64}$/.test(id))
    .slice(0, mostPicked)
}

/** The hidden fields with which a form says what it answers. */
export function targetFields(target: AnswerTarget): { name: string; value: string }[] {
  if (target.kind === 'comments') return target.ids.map((value) => ({ name: 'comment', value }))
  return filterFields(target.filters)
}

function filterFields(filters: ReadingFilters): { name: string; value: string }[] {
  return Object.entries(filters).flatMap(([name, value]) => (value ? [{ name, value }] : []))
}
