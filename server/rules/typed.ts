/** What is wrong with a field; `field` is its HTML name. */
export interface FieldError {
  field: string
  message: string
}

/** A field of a posted form as text, without the blanks at its ends; empty where it is missing or of another type. */
export function typedText(form: unknown, name: string): string {
  return writtenText(form, name).trim()
}

/** The same with its blanks. Browsers send line ends as CRLF; they are one character to whoever counts. */
export function writtenText(form: unknown, name: string): string {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, name) : null
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
}

/** Whether a box was ticked. */
export function typedTick(form: unknown, name: string): boolean {
  return typedText(form, name) !== ''
}

/** The values of the boxes of one list that were ticked. */
export function typedTicks(form: unknown, name: string): string[] {
  const values: unknown[] = [Reflect.get(Object(form), name)].flat()
  return values.filter((value) => typeof value === 'string')
}

/** A NUL or half of a surrogate pair: no database keeps them faithfully. */
export function isUnstorable(text: string): boolean {
  return /[\0\p{Surrogate}]/u.test(text)
}
