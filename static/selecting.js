import { one } from './dom.js'
import { keepDraft } from './drafts.js'
import { typedIn } from './fields.js'
import { light, offerQuote, textOf } from './quotes.js'

// Words of a clause that are selected with the mouse or the finger are quoted: at once, or when its form opens.
let selected = null

document.addEventListener('selectionchange', () => {
  const selection = document.getSelection()
  const quote = String(selection).trim()
  const node = selection.anchorNode && selection.anchorNode.parentElement
  const text = node && node.closest('.clause-text')
  if (!text || [...quote].length < 4) return
  const key =
    (text.closest('.clause') || { id: '' }).id ||
    (text.closest('[data-quotes]') || { dataset: {} }).dataset.quotes
  if (!key || textOf(key).indexOf(quote) < 0) return
  selected = { key, quote }
  const part = one(`.part[data-clause="${key}"]`)
  if (part) quoteIn(part)
})

/** Quotes what was selected before the form of its clause opened, unless the form has a quotation already. */
export function quoteSelected() {
  const part = selected && one(`.part[data-clause="${selected.key}"]`)
  if (part && !typedIn(part, 'quote')) quoteIn(part)
}

function quoteIn(part) {
  const { key, quote } = selected
  selected = null
  offerQuote(part, quote)
  light(key, quote)
  keepDraft(part)
}
