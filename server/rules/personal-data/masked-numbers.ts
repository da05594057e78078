import type { FoundPiece, PersonalDataKind } from './kinds.ts'

/** What stands for digits that somebody has left out. */
const masking = '[*x※□■▇●•#?]'
const masked = new RegExp(
  `(?<![\\d*])\\d{2,8} ?(?:${masking}{2}|${masking} ${masking})[*x※□■▇●•#? ]{0,14}\\d{0,4}(?:\\d|x(?![*\\d]))`,
  'g',
)
const maskedMailbox = /@(?<=([\w.]{0,20}\*{2,12}[\w.]{0,20})@)[a-z0-9-]{1,30}(?:\.[a-z0-9-]{1,20}){1,4}/g

/** Numbers with some digits left out, which still tell who it is to those who know: 138****1234. */
export function* maskedNumbers(text: string): Generator<FoundPiece> {
  for (const { 0: found, index } of text.matchAll(masked)) {
    const kind = kindOf(found)
    if (kind) yield { start: index, end: index + found.length, kind, why: '部分隐去的号码' }
  }
  for (const { 0: found, 1: mailbox = '', index } of text.matchAll(maskedMailbox)) {
    const start = index - mailbox.length
    yield { start, end: index + found.length, kind: 'email', why: '部分隐去的邮箱' }
  }
}

function kindOf(found: string): PersonalDataKind | null {
  const shown = found.replace(/[^\dx]/g, '').length
  const [head = ''] = /^\d+/.exec(found) ?? []
  const tail = (/(?<!\d)\d+x?$/.exec(found) ?? [''])[0].length
  if (shown < 5 || found.replaceAll(' ', '').length < 8) return null
  if (/^1[3-9]/.test(head) && head.length <= 4 && found.replaceAll(' ', '').length <= 12) return 'mobile'
  if (/^0\d{2,3}/.test(head)) return 'landline'
  if (/^[1-8]/.test(head) && found.replaceAll(' ', '').length >= 14 && tail >= 2) {
    return /^62|^[45]/.test(head) && head.length === 4 && !isRegionDate(found) ? 'bank_card' : 'id_number'
  }
  return tail >= 3 ? 'document' : null
}

function isRegionDate(found: string): boolean {
  return found.replaceAll(' ', '').length === 18
}
