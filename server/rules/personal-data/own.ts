import { cueBefore } from './cues.ts'
import type { FoundPiece, PersonalDataKind } from './kinds.ts'
import type { Words } from './names.ts'
import { inDigits } from './plain-digits.ts'

/** What somebody wrote of themselves into the form beside their comment; null or '' where they left it out. */
export interface Sender {
  name?: string | null
  contact?: string | null
  organisation?: string | null
}

const why = {
  name: '与提出人所填姓名相同',
  contact: '与提出人所填联系方式相同',
  organisation: '与提出人所填单位相同',
}

/**
 * What senders told of themselves and say again in their text: found always, whatever it looks like. Only a name that is
 * a word of the dictionary is left where it goes on from another, 高原 in 黄土高原.
 * @param text in one way of writing
 */
export function* ownData(text: string, sender: Sender, words: Words): Generator<FoundPiece> {
  for (const field of ['name', 'contact', 'organisation'] as const) {
    const { text: own } = inDigits((sender[field] ?? '').trim())
    if (own.length < 2) continue
    const kind = field === 'contact' ? kindOfContact(own) : field
    for (let at = text.indexOf(own); at >= 0; at = text.indexOf(own, at + own.length)) {
      const isPart =
        field === 'name' &&
        own.length === 2 &&
        /\p{Script=Han}$/u.test(text.slice(Math.max(0, at - 1), at)) &&
        words[at] === at + own.length &&
        cueBefore(text.slice(Math.max(0, at - 10), at)).weight === 0
      if (!isPart) yield { start: at, end: at + own.length, kind, why: why[field] }
    }
  }
}

function kindOfContact(own: string): PersonalDataKind {
  if (own.includes('@')) return 'email'
  if (/^\+?(?:86)?1[3-9]\d{9}$/.test(own.replace(/[ -]/g, ''))) return 'mobile'
  return /^[\d -]+$/.test(own) ? 'landline' : 'account'
}
