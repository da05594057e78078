import { all, one } from './dom.js'
import { draftIn, isEmpty, keepDraft } from './drafts.js'
import { light, offerQuote, textOf } from './quotes.js'
import { words } from './words.js'

// Words of a clause that are selected with the mouse or the finger are quoted: at once, or when its form opens, which a button
// at the selection does.
let selected = null
const fewest = 4

document.addEventListener('selectionchange', () => {
  const selection = document.getSelection()
  const quote = String(selection).trim()
  const node = selection.anchorNode && selection.anchorNode.parentElement
  const text = node && node.closest('.clause-text')
  if (!text || [...quote].length < fewest) return hideOffer()
  const key =
    (text.closest('.clause') || { id: '' }).id ||
    (text.closest('[data-quotes]') || { dataset: {} }).dataset.quotes
  if (!key || textOf(key).indexOf(quote) < 0) return hideOffer()
  selected = { key, quote }
  // A form that was put away keeps what waits in it.
  const part = partBeside(text) || one(`.part[data-clause="${key}"]`)
  if (part && part.offsetParent) quoteIn(part)
  else offerAt(selection.getRangeAt(0), key)
})

/** The comment that a clause's text stands beside. */
function partBeside(text) {
  const paper = text.closest('.comment-form .paper')
  return paper && paper.nextElementSibling
}

/** 提意见 beside the words that are selected. */
function offerAt(range, key) {
  const link = one(`a[data-form="#form-${key}"]`)
  if (!link) return
  let offer = one('.at-selection')
  if (!offer) {
    offer = document.createElement('button')
    offer.type = 'button'
    offer.className = 'primary at-selection'
    offer.textContent = words.comment
    // The selection stays while the button is pressed.
    offer.addEventListener('mousedown', (event) => event.preventDefault())
    document.body.appendChild(offer)
  }
  offer.hidden = false
  offer.onclick = () => {
    hideOffer()
    link.click()
    quoteSelected()
  }
  const { bottom, left, right } = range.getBoundingClientRect()
  const widest = document.documentElement.clientWidth - offer.offsetWidth - 8
  offer.style.top = `${bottom + window.pageYOffset + 8}px`
  offer.style.left = `${Math.max(8, Math.min((left + right) / 2 - offer.offsetWidth / 2, widest))}px`
}

function hideOffer() {
  const offer = one('.at-selection')
  if (offer) offer.hidden = true
}

/** Quotes what was selected before the form opened: in another comment where one waits in it. */
export function quoteSelected() {
  const parts = () => (selected ? all(`.part[data-clause="${selected.key}"]`) : [])
  const emptyOne = () => parts().find((part) => isEmpty(draftIn(part)))
  const [first] = parts()
  if (!first) return
  if (!emptyOne()) one('[data-again]', first.form).click()
  const part = emptyOne()
  if (part) quoteIn(part)
}

function quoteIn(part) {
  const { key, quote } = selected
  selected = null
  hideOffer()
  offerQuote(part, quote)
  light(key, quote)
  keepDraft(part)
}
