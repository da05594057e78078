import { all, one } from './dom.js'
import { clearPart, fill, forgetDraft, keepDraft, ordersOf, readDrafts, restoreDrafts } from './drafts.js'
import { controlsOf, typedIn } from './fields.js'
import { growAll } from './growing.js'
import { canKeep, forget, isShared, keysFrom, share } from './keeping.js'
import { addAfter, itemOf, putInOrder } from './parts.js'
import { keepPerson, restorePerson } from './person.js'
import { showChange } from './proposals.js'
import { light, nameQuote, textOf } from './quotes.js'
import { quoteSelected } from './selecting.js'

/** A form that has come: what has been typed before comes back, and what was selected is quoted. */
export function enhance(form) {
  if (!one('.part', form)) return
  const without = restoreDrafts(form)
  if (form.dataset.all) for (const draft of without) makeRoom(form, draft)
  for (const part of all('.part', form)) if (!part.dataset.draft) keepDraft(part)
  if (form.dataset.all) putInOrder(form, ordersOf(form.dataset.drafts))
  restorePerson(form)
  quoteSelected()
  growAll(form)
  for (const place of all('[data-scripted]', form)) place.hidden = false
  one('[data-shared]', form).checked = isShared()
  showKeeping(form)
  form.dispatchEvent(new Event('enhanced', { bubbles: true }))
}

/** The same for all that a page brings. */
export function enhanceAll() {
  all('form[data-drafts]').forEach(enhance)
  for (const button of all('[data-print]')) button.hidden = false
}

/** One form for everything has a comment more for each that shares its clause with another. */
function makeRoom(form, draft) {
  const own = all('.part', form).filter(({ dataset }) => dataset.clause === draft[1].clause)
  if (own.length > 0) fill(addAfter(own[own.length - 1]), draft)
}

/** 先存着 is offered only where what is typed does stay; else it is said why not. */
function showKeeping(form) {
  const isKept = canKeep() && all('.part', form).every(({ dataset }) => dataset.kept !== 'no')
  const collect = one('[data-collect]', form)
  if (collect) collect.hidden = !isKept
  one('[data-not-kept=refused]', form).hidden = isKept || isShared()
  one('[data-not-kept=shared]', form).hidden = !isShared()
}

function keepAll(form) {
  const areKept = all('.part', form).map(keepDraft).concat(keepPerson(form)).every(Boolean)
  showKeeping(form)
  return areKept
}

// What has come back into a folded comment is seen.
document.addEventListener('filled', ({ target }) => {
  if (target.matches('.part')) nameQuote(target)
  const item = target.matches('.part') ? itemOf(target) : target
  if (item === target) return
  item.open = Boolean(target.dataset.draft)
  item.classList.toggle('is-filled', item.open)
})

document.addEventListener('input', ({ target }) => {
  const part = target.closest && target.closest('[data-drafts] .part')
  if (!part) return
  const before = part.dataset.kept
  keepDraft(part)
  if (part.dataset.kept !== before) showKeeping(part.form)
})

document.addEventListener('change', ({ target }) => {
  if (target.closest('[data-shared]')) return shareFrom(target)
  const part = target.closest('.part')
  if (!part) return
  const wording = controlsOf(part, 'wording')[0]
  if (/\[proposal\]$/.test(target.name) && target.value === 'amend' && wording && !wording.value) {
    wording.value = typedIn(part, 'quote') || textOf(part.dataset.clause)
    if (part.form.dataset.drafts) keepDraft(part)
  }
  if (/\[quote\]$/.test(target.name)) {
    light(part.dataset.clause, target.value)
    nameQuote(part)
    showChange(part)
  }
})

/** 公用电脑: nothing stays, neither what is typed from now on nor what was before. */
function shareFrom(box) {
  share(box.checked)
  if (box.checked) for (const head of ['draft:', 'drafts:', 'person:']) keysFrom(head).forEach(forget)
  keepAll(box.form)
}

document.addEventListener('click', (event) => {
  const { target } = event
  const form = target.closest('form')
  if (target.closest('[data-print]')) window.print()
  if (target.closest('[data-forget]')) {
    for (const id of Object.keys(readDrafts(form.dataset.drafts))) forgetDraft(form.dataset.drafts, id)
    for (const part of all('[data-drafts] .part')) clearPart(part)
  }
  const again = target.closest('[data-again]')
  if (again) {
    event.preventDefault()
    sayMore(form, again)
  }
  if (target.closest('[data-collect]')) collect(form)
})

/** Another comment on the same clause: in its place where the one before waits, else beside it. */
function sayMore(form, again) {
  const chosen = one('select[name=again]', form)
  const clause = again.value || (chosen && chosen.value)
  const own = all('.part', form).filter(({ dataset }) => !clause || dataset.clause === clause)
  const last = own[own.length - 1]
  if (form.closest('.form-place') && all('.part', form).length === 1 && keepDraft(last)) {
    clearPart(last)
    light(last.dataset.clause, '')
    return focusFirst(form)
  }
  const added = addAfter(last)
  const folded = itemOf(added)
  if (folded !== added) folded.open = true
  focusFirst(added)
}

function collect(form) {
  if (!keepAll(form)) return one('[data-not-kept]:not([hidden])', form).focus()
  const place = form.closest('.form-place')
  if (!place) return location.assign(one('.crumbs a').href)
  putAway(place, true)
  one('.say, [data-form]', place.parentElement).focus()
}

/** The button that opened a form steps back behind the form's own. */
export function putAway(place, isAway) {
  place.hidden = isAway
  const link = one(`a.button[data-form="#${place.id}"]`)
  if (link) link.classList.toggle('primary', isAway)
}

// Nobody leaves without being asked while something stands here that is kept nowhere.
addEventListener('beforeunload', (event) => {
  if (!one('[data-drafts] .part[data-kept=no]')) return
  event.preventDefault()
  event.returnValue = ''
})

export function focusFirst(place) {
  const first = one('.error-summary, .choices input, textarea', place)
  if (first) first.focus()
}

enhanceAll()
