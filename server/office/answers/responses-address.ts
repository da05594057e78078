import type { ResponseFilters } from '../../../db/queries/answers/listed-responses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { responseStateNames } from '../../rules/answers/responses.ts'
import { typedTick } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'

export function responsesAddress({ slug }: Pick<Consultation, 'slug'>): string {
  return `/office/${slug}/responses`
}

/** The address of a list of answers. */
export function listAddress(
  consultation: Pick<Consultation, 'slug'>,
  filters: Partial<ResponseFilters>,
  more: Record<string, string> = {},
): string {
  const fields = filterFields(filters).map(({ name, value }): [string, string] => [name, value])
  return `${responsesAddress(consultation)}?${new URLSearchParams([...fields, ...Object.entries(more)])}`
}

/** Which answers an address or a form asks for. */
export function responsesAsked(query: unknown): ResponseFilters {
  const state = field(query, 'state') ?? ''
  return {
    state: Object.hasOwn(responseStateNames, state) ? state : 'draft',
    drafter: field(query, 'drafter'),
    approver: field(query, 'approver'),
    returned: typedTick(query, 'returned'),
  }
}

/** What narrows, as a form's hidden fields say it. */
export function filterFields(filters: Partial<ResponseFilters>): { name: string; value: string }[] {
  return Object.entries(filters).flatMap(([name, value]) =>
    value ? [{ name, value: value === true ? 'yes' : value }] : [],
  )
}
