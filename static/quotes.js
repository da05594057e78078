import { all, one } from './dom.js'
import { controlsOf } from './fields.js'

const textElements = (key) => all(`[id="${key}"] .clause-text, [data-quotes="${key}"] .clause-text`)

/** A clause's own words: without its number, and without the counts that stand behind quoted sentences. */
export function textOf(key) {
  const [element] = textElements(key)
  if (!element) return ''
  const words = element.cloneNode(true)
  for (const added of all('.label, .quoting', words)) added.remove()
  return words.textContent
}

/** The fold of sentences names the one that is chosen, in one line. */
export function nameQuote(part) {
  const said = one('[data-quoted]', part)
  const chosen = controlsOf(part, 'quote').find(({ checked }) => checked)
  if (said) said.textContent = chosen && chosen.value ? `“${chosen.value}”` : said.dataset.quoted
}

export function offerQuote(part, quote) {
  const radios = controlsOf(part, 'quote')
  if (radios.length === 0) return
  let radio = radios.find(({ value }) => value === quote)
  if (!radio) {
    const sentences = radios[0].closest('.sentences')
    const label =
      one('[data-selected]', sentences) ||
      sentences.appendChild(radios[radios.length - 1].parentElement.cloneNode(true))
    radio = one('input', label)
    radio.value = quote
    label.dataset.selected = 'yes'
    label.lang = 'zh-CN'
    label.lastChild.textContent = quote
  }
  radio.checked = true
  // As if it had been chosen by hand: it is lit in the clause, and a proposal is set beside it.
  radio.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Lights a quotation in its clause, where the browser can. */
export function light(key, quote) {
  if (!('highlights' in CSS)) return
  CSS.highlights.delete('quote')
  const ranges = textElements(key)
    .map((element) => rangeOf(element, quote))
    .filter(Boolean)
  if (ranges.length > 0) CSS.highlights.set('quote', new Highlight(...ranges))
}

function rangeOf(element, quote) {
  const at = quote ? element.textContent.indexOf(quote) : -1
  if (at < 0) return null
  const range = new Range()
  let before = 0
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node.data
    if (at >= before && at < before + length) range.setStart(node, at - before)
    const end = at + quote.length
    if (end > before && end <= before + length) range.setEnd(node, end - before)
    before += length
  }
  return range
}
