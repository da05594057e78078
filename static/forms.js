import { all, one } from './dom.js'
import { clearPart, keepDraft, restoreDrafts, writeDrafts } from './drafts.js'
import { controlsOf, typedIn } from './fields.js'
import { showChanges } from './proposals.js'
import { light, textOf } from './quotes.js'
import { quoteSelected } from './selecting.js'

// A form: what has been typed before comes back, what was selected is quoted, and a proposal starts from the words that are there.
function enhance(form) {
  restoreDrafts(form)
  quoteSelected()
  // Before htmx looks for what it has to do.
  showChanges(form)
  const collect = one('[data-collect]', form)
  if (collect) collect.hidden = false
}

document.addEventListener('change', ({ target }) => {
  const part = target.closest('.part')
  if (!part) return
  const wording = controlsOf(part, 'wording')[0]
  if (/\[proposal\]$/.test(target.name) && target.value === 'amend' && wording && !wording.value) {
    wording.value = typedIn(part, 'quote') || textOf(part.dataset.clause)
    keepDraft(part)
  }
  if (/\[quote\]$/.test(target.name)) light(part.dataset.clause, target.value)
})

document.addEventListener('click', (event) => {
  const { target } = event
  const form = target.closest('form')
  if (target.closest('[data-print]')) window.print()
  if (target.closest('[data-forget]')) {
    writeDrafts(form.dataset.drafts, {})
    for (const part of all('[data-drafts] .part')) clearPart(part)
  }
  // In a form of one comment the next is begun in its place; elsewhere the server adds it.
  if (target.closest('[data-again]')) {
    event.preventDefault()
    for (const part of all('.part', form)) {
      clearPart(part)
      light(part.dataset.clause, '')
    }
    focusFirst(form)
  }
  if (target.closest('[data-collect]')) {
    const place = form.closest('.form-place')
    if (!place) location.assign(one('.crumbs a').href)
    else {
      place.hidden = true
      one('.say', place.parentElement).focus()
    }
  }
})
for (const button of all('[data-print]')) button.hidden = false

// A form that opens under its clause takes the focus; asking for it again puts it away.
const isPlace = (element) => element && element.classList.contains('form-place')

function focusFirst(place) {
  const first = one('.error-summary, .choices input, textarea', place)
  if (first) first.focus()
}

document.addEventListener('htmx:beforeRequest', (event) => {
  const place = event.detail.target
  if (!isPlace(place) || !place.firstElementChild) return
  event.preventDefault()
  place.hidden = !place.hidden
  if (!place.hidden) focusFirst(place)
})
document.addEventListener('htmx:afterSwap', ({ detail }) => {
  if (!isPlace(detail.target)) return
  enhance(one('form', detail.target))
  focusFirst(detail.target)
})
// Where the fragment cannot be had, the page of the form can say why.
for (const failure of ['htmx:responseError', 'htmx:sendError']) {
  document.addEventListener(failure, ({ target }) => {
    if (target.href) location.assign(target.href)
  })
}

for (const form of all('form[data-drafts]')) enhance(form)
