/** What a form carries, signed: when it was opened and the idempotency key of the submission it will make. */
interface FormToken {
  openedAt: number
  key: string
}

type Sign = (value: string) => string

/** A token for a form that is opened now. @param sign a keyed hash of a text */
export function makeFormToken(token: FormToken, sign: Sign): string {
  const payload = `${token.openedAt.toString(36)}.${token.key}`
  return `${payload}.${sign(payload)}`
}

/** What the token carries; null where it is not ours. A form may lie open as long as somebody takes to think. */
export function readFormToken(value: unknown, sign: Sign): FormToken | null {
  if (typeof value !== 'string' || value.length > 300) return null
  const [openedAt = '', key = '', signature = '', ...rest] = value.split('.')
  if (rest.length > 0 || !/^[\w-]{1,200}$/.test(key)) return null
  if (!equal(signature, sign(`${openedAt}.${key}`))) return null
  return { openedAt: Number.parseInt(openedAt, 36), key }
}

/** In a time that does not tell where two texts begin to differ. */
function equal(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
