import { DamagedJson, UnstorableText } from './errors.ts'

/** The text itself. @throws UnstorableText for a NUL or half of a surrogate pair, on both engines alike */
export function storableText(text: string): string {
  if (!text.isWellFormed() || text.includes('\0')) throw new UnstorableText()
  return text
}

/** The value as JSON. @throws UnstorableText where a text in it cannot be stored */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  const escapesUnstorable = /(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/
  if (escapesUnstorable.test(json)) throw new UnstorableText()
  return json
}

/** What was stored as JSON. @throws DamagedJson, which quotes nothing of it as JSON.parse would */
export function storedJson<Value>(json: string): Value {
  try {
    return JSON.parse(json)
  } catch {
    throw new DamagedJson()
  }
}
