import type { FieldError } from './typed.ts'

/** A form as it stands on its page: what is in its fields, and what is wrong with it. */
export interface StandingForm {
  typed: Readonly<Record<string, unknown>>
  errors: FieldError[]
}

/** One of many forms of a page that was refused; `at` tells it from the others. */
export interface RefusedForm extends StandingForm {
  at: string
}

/** The form of this place: as it was sent where it was refused, else with what is kept. */
export function standing(at: string, kept: StandingForm['typed'], refused: RefusedForm | null): StandingForm {
  return refused?.at === at ? refused : { typed: kept, errors: [] }
}

/** What the summary says of it and where that leads. @param id what a field of it is called on the page */
export function errorsOf(
  refused: RefusedForm | null,
  id: (field: string, at: string) => string = (field, at) => `${field}-${at}`,
): FieldError[] {
  return refused?.errors.map(({ field, message }) => ({ field: id(field, refused.at), message })) ?? []
}
