import { choice, orEmpty, text, tick, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { retractionCauses } from './public-places.ts'

/** A whole text of the office may be as long. */
const longest = 20_000

/**
 * 立即隐去: a published comment as a whole (`comment`), words wherever they stand in public (`words`), or the file of the
 * 起草说明 (`file`). `places` is in how many texts whoever sends it knows that the words stand.
 */
export const retractionForm = form(
  {
    comment: unjudged(),
    consultation: unjudged(),
    words: orEmpty(text({ name: '要隐去的文字', most: longest })),
    cause: choice(retractionCauses, '请选择为什么隐去'),
    file: tick(),
    places: unjudged(),
  },
  ({ comment, words, file }) => {
    const isSomething = comment !== '' || words !== '' || file
    const tooShort = [...words].length === 1 ? '请至少填写两个字：一个字会在很多地方出现' : null
    return [['words', isSomething ? tooShort : '请填写要隐去的文字，从公开的页面上原样复制']]
  },
)
export type TypedRetraction = TypedIn<typeof retractionForm>

/** Where the words stand in more texts than these, whoever hides them has to say that they mean all. */
export const manyPlaces = 20
