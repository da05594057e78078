import type { Consultation } from '../../../db/queries/consultations/consultations.ts'

/** The address of the wordings in a state, that one person may approve or has proposed. */
export function wordingsAddress(
  { slug }: Pick<Consultation, 'slug'>,
  filters: { state?: string; approver?: string; proposer?: string } = {},
): string {
  const query = new URLSearchParams(filters).toString()
  return `/office/${slug}/wordings${query && `?${query}`}`
}
