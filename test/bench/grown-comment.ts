import type { Consultation } from '../../db/queries/consultations/consultations.ts'

/** A comment that was made up, and its place among all of them. */
export interface Grown {
  place: number
  id: string
  state: string
  createdAt: Date
}

/** Who and what the rows that are made up refer to. */
export interface Around {
  consultation: Consultation
  staffId: string
  themeId: string
  departmentId: string
  now: Date
}

/** One in a hundred came on paper. */
export function isLetter(place: number): boolean {
  return place % 100 === 50
}
