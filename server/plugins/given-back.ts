import type { FastifyRequest } from 'fastify'

/** What comes back with a refusal of what was typed, as fields of a form. */
export interface GivenBack {
  /** Where the same can be sent again as it is; null where it has to be changed first. */
  action: string | null
  /** What a person wrote, to be read, copied and sent. */
  written: Field[]
  /** What else the form held. */
  rest: Field[]
  /** Files are not given back: a browser has to choose them again. */
  hadFiles: boolean
}

type Field = [name: string, value: string]

/** By the code of the refusal: whether the same may be sent again as it is. Whatever else is refused has a page of its own. */
const refusals: Readonly<Record<string, boolean>> = {
  too_many: true,
  busy: true,
  unavailable: true,
  unknown_key: true,
  too_many_comments: false,
  changed_meanwhile: false,
  gone: false,
}

/**
 * What a form held, where a refusal gives it back. It is as long as what was typed: one that comes back to be changed
 * brings the words alone, in one piece.
 * @param code the refusal's
 */
export function givenBack(code: string, { body, url }: FastifyRequest): GivenBack | null {
  const mayRepeat = refusals[code]
  if (mayRepeat === undefined || !isNested(body)) return null
  const { fields, hadFiles } = fieldsIn(body)
  // What a browser hides while it is typed is on no page.
  if (fields.some(([name]) => /password/i.test(name))) return null
  const written = fields.filter(([, value]) => isWritten(value))
  if (mayRepeat)
    return { action: url, written, rest: fields.filter(([, value]) => !isWritten(value)), hadFiles }
  const words = written.map(([, value]) => value).join('\n\n')
  return words ? { action: null, written: [['', words]], rest: [], hadFiles: false } : null
}

/** Keys, tokens and numbers are one word of ASCII; whoever writes something uses a blank, or Chinese. */
function isWritten(value: string): boolean {
  return /[^\x21-\x7e]/.test(value)
}

/** The fields of which a body was read, by their names, without the empty ones. */
function fieldsIn(body: object): { fields: Field[]; hadFiles: boolean } {
  const fields: Field[] = []
  let hadFiles = false
  const add = (value: unknown, name: string) => {
    if (typeof value === 'string' && value !== '') fields.push([name, value])
    else if (isNested(value)) for (const [key, one] of Object.entries(value)) add(one, `${name}[${key}]`)
    else if (typeof value === 'object' && value !== null) hadFiles = true
  }
  for (const [name, value] of Object.entries(body)) add(value, name)
  return { fields, hadFiles }
}

/** A list, or the plain object that a body is read as; a file that came along is neither. */
function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value))
}
