import { all, one } from './dom.js'
import { setValue, typedIn } from './fields.js'
import { offerQuote } from './quotes.js'

// What has been typed stays in the browser until it is sent. One comment for each clause of a consultation.
const commentFields = ['stance', 'body', 'proposal', 'wording', 'quote']
const keyOf = (slug) => `comments:${slug}`

function readDrafts(slug) {
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
  showCollected(slug)
}

export function keepDraft(part) {
  const slug = part.form.dataset.drafts
  if (!slug) return
  const drafts = readDrafts(slug)
  const draft = {}
  for (const field of commentFields) draft[field] = typedIn(part, field)
  if (draft.body || draft.wording) drafts[part.dataset.clause] = draft
  else delete drafts[part.dataset.clause]
  writeDrafts(slug, drafts)
  showKept(part.form, slug)
}

export function restoreDrafts(form) {
  const slug = form.dataset.drafts
  const drafts = readDrafts(slug)
  for (const part of all('.part', form)) {
    const draft = drafts[part.dataset.clause]
    // A form that has come back from the server holds the newer words.
    if (!draft || typedIn(part, 'body')) continue
    if (draft.quote) offerQuote(part, draft.quote)
    for (const field of commentFields) setValue(part, field, draft[field] || '')
    for (const details of all('details', part))
      details.open = all('textarea, :checked:not([value=""])', details).some((field) => field.value)
    const folded = part.closest('.folded')
    if (folded) {
      folded.open = true
      folded.classList.add('is-filled')
    }
  }
  showKept(form, slug)
}

export function showKept(form, slug) {
  const note = one('.kept', form)
  if (note) note.hidden = Object.keys(readDrafts(slug)).length === 0
}

function showCollected(slug) {
  const count = Object.keys(readDrafts(slug)).length
  for (const link of all(`[data-collected="${slug}"]`)) {
    link.hidden = count === 0 && link.hasAttribute('data-only-collected')
    const tally = one('[data-tally]', link)
    if (tally) tally.textContent = count > 0 ? `（${count}）` : ''
  }
}

document.addEventListener('input', ({ target }) => {
  const part = target.closest && target.closest('[data-drafts] .part')
  if (part) keepDraft(part)
})

const sent = one('[data-sent]')
if (sent) writeDrafts(sent.dataset.sent, {})
for (const link of all('[data-collected]')) showCollected(link.dataset.collected)
