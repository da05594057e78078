import { all, one } from './dom.js'
import { clearPart, forgetDraft, isEmpty, isSame, keepDraft, readDrafts } from './drafts.js'
import { enhance, enhanceAll } from './forms.js'
import { isShared, keepInTab, parsed, readInTab } from './keeping.js'
import { numberInOrder } from './parts.js'
import { clearPerson, forgetPerson } from './person.js'
import { keepReceipt, offerClearing } from './receipts.js'
import { focusOn, markPlace, showInstead, showPage } from './showing.js'
import { begin, finish, sayWhy, stay } from './waiting.js'

// A form is sent by script, so that the page stays until the answer has come; its key makes what arrives twice one submission.
const longest = { text: 45000, files: 600000 }
let pressed = null

document.addEventListener('click', ({ target }) => {
  pressed = target.closest('button, input[type=submit]')
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.dataset.drafts || event.defaultPrevented || !window.AbortController) return
  const button = pressed && pressed.form === form ? pressed : one('[type=submit]', form)
  // A file that is taken away leaves the page as it is.
  if (button.hasAttribute('data-plain') && navigator.onLine) return
  event.preventDefault()
  if (button.hasAttribute('data-back') && form.dataset.shown) history.back()
  else void send(form, button)
})

async function send(form, button) {
  if (!begin(form, button)) return
  numberInOrder(form)
  for (const part of all('.part', form)) keepDraft(part)
  const sent = commentsIn(form)
  const action = button.getAttribute('formaction') || form.getAttribute('action')
  try {
    const answer = await post(form, button, action)
    const text = await answer.text()
    finish(form)
    if (answer.status === 429 || answer.status >= 500)
      return stay(form, 'busy', answer, () => send(form, button))
    show(form, new DOMParser().parseFromString(text, 'text/html'), answer.ok, sent)
    open(action.split('#')[1])
  } catch (_) {
    finish(form)
    stay(form, 'offline', null, () => send(form, button))
  }
}

/** @throws TypeError where nothing answers in time */
function post(form, button, action) {
  const fields = new FormData(form)
  if (button.name) fields.append(button.name, button.value)
  const hasFiles = all('input[type=file]', form).some(({ files }) => files.length > 0)
  const stop = new AbortController()
  const end = setTimeout(() => stop.abort(), hasFiles ? longest.files : longest.text)
  const body = hasFiles ? fields : new URLSearchParams(fields)
  return fetch(action, { method: 'POST', body, signal: stop.signal }).finally(() => clearTimeout(end))
}

function show(form, page, isTaken, sent) {
  const receipt = one('[data-sent]', page)
  if (receipt) return received(form, page, receipt, sent)
  const again = one('form[data-drafts]', page)
  const place = form.closest('.form-place')
  if (again && !isTaken && place && !again.dataset.all) return showInPlace(form, again)
  if (!again && !one('.field', page)) return sayWhy(form, page)
  showPage(page, form.dataset.page)
  enhanceAll()
  const shown = one('main form[data-drafts]')
  if (shown) shown.dataset.shown = 'yes'
  focusOn(one('#errors') || one('main h1'))
}

/** Where the address of an act names a part of the page that comes, one is led there. */
function open(id) {
  const part = id && document.getElementById(id)
  if (!part) return
  const folded = part.closest('details')
  if (folded) folded.open = true
  part.scrollIntoView()
  focusOn(one('textarea', part) || part)
}

/** What is wrong is said where it was typed, under its clause. */
function showInPlace(form, again) {
  markPlace()
  const fresh = document.importNode(again, true)
  for (const [from, to] of pairs(all('.part', form), all('.part', fresh))) {
    if (from.dataset.draft) to.dataset.draft = from.dataset.draft
    to.dataset.written = from.dataset.written
  }
  form.replaceWith(fresh)
  enhance(fresh)
  focusOn(one('.error-summary', fresh))
}

const pairs = (some, others) => some.map((one, place) => [one, others[place]]).filter(([, other]) => other)

function received(form, page, receipt, sent) {
  const { sent: slug, number } = receipt.dataset
  forgetSent(slug, sent.filter(isSaid).slice(0, Number(receipt.dataset.count) || sent.length))
  forgetPerson(slug)
  const isKept = keepReceipt(slug, number, receipt.outerHTML)
  // Where the tab keeps nothing a reload gives the receipt again; leaving for it is not asked about.
  if (!isKept && !isShared()) {
    keepInTab('sending', JSON.stringify(sent))
    for (const part of all('.part')) delete part.dataset.kept
    return form.submit()
  }
  for (const part of all('.part', form)) clearPart(part)
  clearPerson(form)
  showInstead(page, receipt.dataset.page)
  offerClearing()
  focusOn(one('main h1'))
}

const isSaid = (comment) => !isEmpty(comment)

/** What a form is about to send, in its controls or in its hidden fields. */
function commentsIn(form) {
  return all('[name$="[clause]"]', form).map(({ name }) => {
    const fieldOf = (field) => {
      const controls = all(`[name="${name.replace('[clause]', `[${field}]`)}"]`, form)
      return (controls.find(({ type, checked }) => type !== 'radio' || checked) || { value: '' }).value
    }
    return {
      clause: fieldOf('clause'),
      body: fieldOf('body'),
      wording: fieldOf('wording'),
      stance: fieldOf('stance'),
    }
  })
}

// What has been sent waits no longer; what else waits does. Only the receipt says that it has been sent.
function forgetSent(slug, sent) {
  const drafts = readDrafts(slug)
  for (const comment of sent)
    for (const id of Object.keys(drafts)) if (isSame(drafts[id], comment)) forgetDraft(slug, id)
}

const receipt = one('[data-sent]')
if (receipt) {
  forgetSent(receipt.dataset.sent, parsed(readInTab('sending'), []))
  forgetPerson(receipt.dataset.sent)
}
