import { all, one } from './dom.js'
import { setValue, typedIn } from './fields.js'
import { forget, keep, keysFrom, parsed, read } from './keeping.js'
import { offerQuote } from './quotes.js'

// What has been typed stays in the browser until it is sent: each comment by itself under a key of its own, so that several
// wait on one clause, and two tabs that write at once do not overwrite one another.
const commentFields = ['stance', 'body', 'proposal', 'wording', 'quote']
const headOf = (slug) => `draft:${slug}:`
const inOrder = ([, one], [, other]) =>
  one.order === undefined || other.order === undefined ? 0 : one.order - other.order
const chance = () => `${Date.now()}-${String(Math.random()).slice(2)}`

/** The comments that wait, by an id of their own, in the order in which they were begun. */
export function readDrafts(slug) {
  takeOver(slug)
  const head = headOf(slug)
  const drafts = {}
  for (const key of keysFrom(head).sort()) drafts[key.slice(head.length)] = parsed(read(key), {})
  return drafts
}

/** What an earlier version of the site kept in one piece. */
function takeOver(slug) {
  const earlier = parsed(read(`drafts:${slug}`), null)
  if (!earlier) return
  const isKept = Object.keys(earlier).map((id) => keep(headOf(slug) + id, JSON.stringify(earlier[id])))
  if (isKept.every(Boolean)) forget(`drafts:${slug}`)
}

export function forgetDraft(slug, id) {
  forget(headOf(slug) + id)
  showCollected()
}

export function draftIn(part) {
  const draft = { clause: part.dataset.clause }
  for (const field of commentFields) draft[field] = typedIn(part, field)
  return draft
}

export const isEmpty = ({ body, wording, stance }) => !body && !wording && stance !== 'support'
export const isSame = (one, other) =>
  ['clause', 'body', 'wording', 'stance'].every((field) => (one[field] || '') === (other[field] || ''))

/**
 * Keeps what stands in a part. What another tab has written since under the same id stays beside it, as a comment of its own.
 * @returns whether it is kept
 */
export function keepDraft(part) {
  const slug = part.form.dataset.drafts
  const draft = draftIn(part)
  const { draft: id, written } = part.dataset
  const stored = id ? read(headOf(slug) + id) : null
  const isOurs = !stored || parsed(stored, {}).written === written
  if (isEmpty(draft)) {
    if (id && isOurs) forget(headOf(slug) + id)
    delete part.dataset.draft
    part.dataset.kept = 'yes'
    showCollected()
    return true
  }
  if (!id || !isOurs) part.dataset.draft = chance()
  part.dataset.written = chance()
  const { order } = parsed(stored, {})
  const text = JSON.stringify({ ...draft, order, written: part.dataset.written })
  const isKept = keep(headOf(slug) + part.dataset.draft, text)
  part.dataset.kept = isKept ? 'yes' : 'no'
  showCollected()
  return isKept
}

/** Where a comment stands among all. */
export function orderDraft(part, order) {
  const key = headOf(part.form.dataset.drafts) + part.dataset.draft
  const draft = parsed(read(key), null)
  if (draft) keep(key, JSON.stringify({ ...draft, order }))
}

/** The order of what waits, by id; those that were never moved have none. */
export function ordersOf(slug) {
  const drafts = readDrafts(slug)
  return new Map(Object.keys(drafts).map((id) => [id, drafts[id].order]))
}

/** Empties a comment, so that another is begun in its place; what was typed goes on waiting. */
export function clearPart(part) {
  delete part.dataset.draft
  for (const field of commentFields) setValue(part, field, '')
  for (const details of all('details', part)) details.open = false
  const difference = one('.difference', part)
  if (difference) difference.textContent = ''
  part.dispatchEvent(new Event('filled', { bubbles: true }))
}

/**
 * Fills the comments of a form with what waits for their clauses.
 * @returns what still waits, since the form has no room for it
 */
export function restoreDrafts(form) {
  const drafts = readDrafts(form.dataset.drafts)
  const waiting = Object.keys(drafts)
    .map((id) => [id, drafts[id]])
    .sort(inOrder)
  const parts = all('.part', form)
  const take = (isIt) => {
    const place = waiting.findIndex(([, draft]) => isIt(draft))
    return place < 0 ? null : waiting.splice(place, 1)[0]
  }
  // What has come back from the server is known again by its words.
  for (const part of parts) {
    const known = take((draft) => isSame(draft, draftIn(part)))
    if (known) know(part, known)
  }
  for (const part of parts.filter((one) => isEmpty(draftIn(one)))) {
    const own = take(({ clause }) => clause === part.dataset.clause)
    if (own) fill(part, own)
  }
  showCollected()
  return waiting
}

function know(part, [id, { written }]) {
  part.dataset.draft = id
  part.dataset.written = written
  part.dataset.kept = 'yes'
}

export function fill(part, [id, draft]) {
  know(part, [id, draft])
  if (draft.quote) offerQuote(part, draft.quote)
  for (const field of commentFields) setValue(part, field, draft[field] || '')
  for (const details of all('details', part))
    details.open = all('textarea, :checked:not([value=""])', details).some((field) => field.value)
  part.dispatchEvent(new Event('filled', { bubbles: true }))
}

/** How many wait, wherever the page says so. */
export function showCollected() {
  for (const place of all('[data-collected]')) {
    const count = Object.keys(readDrafts(place.dataset.collected)).length
    place.hidden = count === 0 && place.hasAttribute('data-only-collected')
    const tally = one('[data-tally]', place)
    if (tally) tally.textContent = count > 0 ? `（${count}）` : ''
  }
  document.dispatchEvent(new Event('collected'))
}

addEventListener('storage', showCollected)
showCollected()
