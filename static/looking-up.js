import { all, one } from './dom.js'
import { growAll } from './growing.js'
import { forget, forgetInTab, keep, keepInTab, keysFrom, parsed, read, readInTab } from './keeping.js'
import { focusOn, showInstead, showPage } from './showing.js'
import { begin, finish, sayWhy, stay } from './waiting.js'

// What became of one's comments, and what may be done with them: each answer stands in the place of the page before it, so that
// nothing typed is lost with the network, and back and forward need the code no second time.
const day = 24 * 60 * 60 * 1000
const kept = 'looked-up'

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!form.dataset.step || event.defaultPrevented || !window.AbortController) return
  event.preventDefault()
  void send(form, showPage)
})

/** @param put how the answer is shown: behind the page that stands here, or instead of it */
async function send(form, put) {
  const button = one('[type=submit]', form)
  if (!begin(form, button)) return
  const stop = new AbortController()
  const end = setTimeout(() => stop.abort(), 45000)
  const again = () => send(form, put)
  try {
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.action, { method: 'POST', body, signal: stop.signal })
    const text = await answer.text()
    finish(form)
    if (answer.status === 429 || answer.status >= 500) return stay(form, 'busy', answer, again)
    show(form, new DOMParser().parseFromString(text, 'text/html'), answer.ok, put)
  } catch (_) {
    finish(form)
    stay(form, 'offline', null, again)
  } finally {
    clearTimeout(end)
  }
}

function show(form, page, isTaken, put) {
  const code = one('[name=code]', form)
  if (!isTaken && !one('form[data-step]', page)) return sayWhy(form, page)
  if (isTaken && code) keepInTab(kept, JSON.stringify({ code: code.value, at: Date.now() }))
  if (isTaken && form.dataset.typed) forget(keyOf(form))
  put(page, form.dataset.step)
  open()
  focusOn(one('#errors') || one('main h1'))
}

const keyOf = (form) => `typed:${form.dataset.typed}`
const typedIn = (form) => all('textarea, [type=radio]', form)

/** What was typed and not sent comes back, however one left. */
function open() {
  for (const place of all('[data-clear-looked-up]')) place.hidden = false
  for (const form of all('form[data-typed]')) {
    const typed = parsed(read(keyOf(form)), null)
    if (typed && !one('.error', form))
      for (const control of typedIn(form)) {
        if (control.type === 'radio') control.checked = typed[control.name] === control.value
        else control.value = typed[control.name] || ''
      }
    for (const details of all('details', form))
      details.open = details.open || all('textarea', details).some(({ value }) => value)
    one('[data-typed-kept]', form).hidden = !typed
    growAll(form)
  }
}

function keepTyped({ target }) {
  const form = target.form && target.form.dataset.typed ? target.form : null
  if (!form) return
  const typed = {}
  for (const { name, type, checked, value } of typedIn(form))
    if (type !== 'radio' || checked) typed[name] = value
  one('[data-typed-kept]', form).hidden = !keep(keyOf(form), JSON.stringify(typed))
}
document.addEventListener('input', keepTyped)
document.addEventListener('change', keepTyped)

document.addEventListener('click', ({ target }) => {
  const form = target.closest('form')
  if (target.closest('[data-forget-typed]')) {
    forget(keyOf(form))
    form.reset()
    one('[data-typed-kept]', form).hidden = true
  }
  const clear = target.closest('[data-clear-looked-up]')
  if (!clear) return
  forgetInTab(kept)
  keysFrom('typed:').forEach(forget)
  location.replace(clear.dataset.clearLookedUp)
})

const code = one('#code')
if (code && location.hash.length > 1) {
  // A receipt's square opens the look-up with the code after the #, which is never sent in an address.
  code.value = decodeURIComponent(location.hash.slice(1))
  history.replaceState(null, '', location.pathname + location.search)
} else if (code && history.state && history.state.page > 0 && isLoadedAgain()) {
  // What was looked up in this tab is looked up again where its page is loaded again; who comes by a link looks up another.
  const before = parsed(readInTab(kept), { at: 0 })
  if (Date.now() - before.at < day) {
    code.value = before.code
    void send(code.form, showInstead)
  }
}
open()

/** By reloading, or by back and forward; a link to the same address keeps the state of its page too. */
function isLoadedAgain() {
  const [arrival] = performance.getEntriesByType('navigation')
  return !arrival || arrival.type !== 'navigate'
}
