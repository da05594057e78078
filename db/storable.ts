import { UnstorableText } from './errors.ts'

/** The text itself. @throws UnstorableText for a NUL or half of a surrogate pair, on both engines alike */
export function storableText(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw new UnstorableText()
  return text
}

/** The value as JSON. @throws UnstorableText where a text in it cannot be stored */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  const escapesUnstorable = /(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/
  if (escapesUnstorable.test(json)) throw new UnstorableText()
  return json
}
