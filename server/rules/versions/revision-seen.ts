import { typedText } from '../typed.ts'

/** The revision that somebody saw who sends an act, as its page put it into the form; null where it names none. */
export function revisionSeen(body: unknown): number | null {
  const typed = typedText(body, 'revision')
  return /^\d{1,9}$/.test(typed) ? Number(typed) : null
}
