import { choice, matching } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import type { Letters } from './letters.ts'

export const barNames = { bars: '不能公布结果', warns: '只提醒，仍可公布结果' } as const

/** From how many characters on a comment has to be parted, and what follows where it was not. */
export const lettersForm = form({
  longer_than: matching(/^[1-9]\d{1,4}$/, '字数请填 10 到 99999 之间的数'),
  bars: choice(barNames, '请选择没有梳理完时怎么办', 'bars'),
})
export type TypedLetters = TypedIn<typeof lettersForm>

export function givenLetters({ longerThan, bars }: Letters): TypedLetters {
  return { longer_than: String(longerThan), bars: bars ? 'bars' : 'warns' }
}
