import { all, one } from './dom.js'
import { setValue, typedIn } from './fields.js'
import { offerQuote } from './quotes.js'

// What has been typed stays in the browser until it is sent: each comment by itself, so that several wait on one clause.
const commentFields = ['stance', 'body', 'proposal', 'wording', 'quote']
const keyOf = (slug) => `drafts:${slug}`

/** The comments that wait, by an id of their own. */
export function readDrafts(slug) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(slug))) || {}
  } catch (_) {
    return {}
  }
}

export function writeDrafts(slug, drafts) {
  try {
    if (Object.keys(drafts).length > 0) localStorage.setItem(keyOf(slug), JSON.stringify(drafts))
    else localStorage.removeItem(keyOf(slug))
  } catch (_) {
    // A browser that keeps nothing still sends what is on the page.
  }
  showCollected()
}

function draftIn(part) {
  const draft = { clause: part.dataset.clause }
  for (const field of commentFields) draft[field] = typedIn(part, field)
  return draft
}

const isEmpty = ({ body, wording }) => !body && !wording
export const isSame = (one, other) =>
  ['clause', 'body', 'wording'].every((field) => (one[field] || '') === (other[field] || ''))

export function keepDraft(part) {
  const slug = part.form.dataset.drafts
  if (!slug) return
  const drafts = readDrafts(slug)
  const draft = draftIn(part)
  if (isEmpty(draft)) delete drafts[part.dataset.draft]
  else {
    if (!part.dataset.draft) part.dataset.draft = `${Date.now()} ${Math.random()}`
    drafts[part.dataset.draft] = draft
  }
  writeDrafts(slug, drafts)
}

/** Empties a comment, so that another is begun in its place; what was typed goes on waiting. */
export function clearPart(part) {
  delete part.dataset.draft
  for (const field of commentFields) setValue(part, field, '')
  for (const details of all('details', part)) details.open = false
  one('.difference', part).textContent = ''
}

/** Fills the comments of a form with what waits for their clauses. */
export function restoreDrafts(form) {
  const drafts = readDrafts(form.dataset.drafts)
  const waiting = Object.entries(drafts)
  const parts = all('.part', form)
  const isFresh = parts.every((part) => isEmpty(draftIn(part)))
  const take = (isIt) => {
    const place = waiting.findIndex(([, draft]) => isIt(draft))
    return place < 0 ? null : waiting.splice(place, 1)[0]
  }
  // What has come back from the server is known again by its words.
  for (const part of parts) {
    const known = take((draft) => isSame(draft, draftIn(part)))
    if (known) part.dataset.draft = known[0]
  }
  for (const part of parts.filter((one) => isEmpty(draftIn(one)))) {
    const own = take(({ clause }) => clause === part.dataset.clause)
    if (own) fill(part, own)
  }
  if (isFresh && form.dataset.all) makeRoom(parts, Object.values(drafts))
  showCollected()
}

function fill(part, [id, draft]) {
  part.dataset.draft = id
  if (draft.quote) offerQuote(part, draft.quote)
  for (const field of commentFields) setValue(part, field, draft[field] || '')
  for (const details of all('details', part))
    details.open = all('textarea, :checked:not([value=""])', details).some((field) => field.value)
  const folded = part.closest('.folded')
  if (!folded) return
  folded.open = true
  folded.classList.add('is-filled')
}

/** Opens the page again with a comment more for each that shares its clause with another. */
function makeRoom(parts, drafts) {
  const query = new URLSearchParams(location.search)
  const before = query.toString()
  query.delete('again')
  const first = new Set()
  for (const { clause } of drafts) {
    if (first.has(clause)) query.append('again', clause)
    else if (parts.some((part) => part.dataset.clause === clause)) first.add(clause)
  }
  if (query.toString() !== before) location.replace(`${location.pathname}?${query}`)
}

/** How many wait, wherever the page says so. */
function showCollected() {
  for (const place of all('[data-collected]')) {
    const count = Object.keys(readDrafts(place.dataset.collected)).length
    place.hidden = count === 0 && place.hasAttribute('data-only-collected')
    const tally = one('[data-tally]', place)
    if (tally) tally.textContent = count > 0 ? `（${count}）` : ''
  }
}

document.addEventListener('input', ({ target }) => {
  const part = target.closest && target.closest('[data-drafts] .part')
  if (part) keepDraft(part)
})

showCollected()
