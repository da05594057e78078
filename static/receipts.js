import { all, one } from './dom.js'
import { forgetInTab, keepInTab, parsed, readInTab } from './keeping.js'

// The receipt stays in the tab that sent, until it is cleared or a day has passed: its address holds no code.
const day = 24 * 60 * 60 * 1000
const keyOf = (slug) => `receipts:${slug}`

function keptReceipts(slug) {
  const young = parsed(readInTab(keyOf(slug)), []).filter(({ at }) => Date.now() - at < day)
  if (young.length === 0) forgetInTab(keyOf(slug))
  return young
}

/** @param html what its page shows @returns whether the tab keeps it */
export function keepReceipt(slug, number, html) {
  // What was left for a second submission has been sent with it.
  const others = keptReceipts(slug)
    .filter((one) => one.number !== number)
    .map((one) => ({ ...one, html: one.html.replace(/<form[^>]*data-rest[\s\S]*?<\/form>/, '') }))
  return keepInTab(keyOf(slug), JSON.stringify([{ number, html, at: Date.now() }, ...others]))
}

/** Shows what the tab keeps, where this is the page for it. */
function showKept() {
  const place = one('[data-receipts]')
  if (!place) return
  const kept = keptReceipts(place.dataset.receipts)
  if (kept.length === 0) return
  const shown = new DOMParser().parseFromString(kept.map(({ html }) => html).join(''), 'text/html')
  place.textContent = ''
  for (const receipt of all('.page', shown)) place.appendChild(document.importNode(receipt, true))
  offerClearing()
}

export function offerClearing() {
  for (const place of all('[data-in-tab], [data-print]')) place.hidden = false
  for (const place of all('[data-once]')) place.hidden = true
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-clear-receipt]')
  if (!button) return
  forgetInTab(keyOf(button.dataset.clearReceipt))
  location.replace(button.dataset.to)
})

// A page that comes back from the browser's memory may show what was cleared or is too old.
addEventListener('pageshow', ({ persisted }) => {
  const receipt = one('[data-sent]')
  if (persisted && receipt && keptReceipts(receipt.dataset.sent).length === 0) location.reload()
})
showKept()
