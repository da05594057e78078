import { all, one } from './dom.js'
import { words } from './words.js'

// While a form is on its way or waits for a network: what happens is said above its buttons, which take the focus back.
const delays = [5, 10, 20, 40, 60]
const tries = new WeakMap()
const waits = new WeakMap()

/** Shows at once that the form is on its way. @returns false where it is already */
export function begin(form, button) {
  if (form.dataset.busy) return false
  stop(form)
  form.dataset.busy = 'yes'
  button.dataset.said = button.textContent
  button.textContent = form.dataset.step
    ? words.asking
    : /review/.test(button.getAttribute('formaction') || '')
      ? words.checking
      : words.sending
  button.setAttribute('aria-busy', 'true')
  for (const one of all('[type=submit]', form)) one.setAttribute('aria-disabled', 'true')
  say(form, button.textContent)
  return true
}

export function finish(form) {
  delete form.dataset.busy
  say(form, '')
  for (const button of all('[type=submit]', form)) {
    button.removeAttribute('aria-disabled')
    button.removeAttribute('aria-busy')
    if (button.dataset.said) button.textContent = button.dataset.said
    delete button.dataset.said
  }
}

function stateOf(form) {
  let state = one('.sending', form)
  if (!state) {
    state = document.createElement('div')
    state.className = 'sending'
    state.setAttribute('role', 'status')
    const end = one('.send', form) || one('[type=submit]', form)
    end.before(state)
  }
  return state
}

function say(form, text, ...buttons) {
  const state = stateOf(form)
  if (state.contains(document.activeElement)) one('.primary, [type=submit]', form).focus()
  state.textContent = text
  state.classList.toggle('banner', text !== '')
  for (const [name, act] of buttons) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = name
    button.addEventListener('click', act)
    state.append(' ', button)
  }
  return state
}

/** Keeps the page as it is, and tries again by itself until somebody stops it or types on. */
export function stay(form, why, answer, again) {
  const count = tries.get(form) || 0
  tries.set(form, count + 1)
  const asked = answer ? Number(answer.headers.get('retry-after')) : 0
  const seconds = Math.min(Math.max(delays[Math.min(count, delays.length - 1)], asked || 0), 300)
  const retry = () => {
    stop(form)
    again()
  }
  const pause = (text) => {
    stop(form)
    say(form, text)
  }
  const timer = setTimeout(retry, seconds * 1000)
  const changed = () => pause(words.changed)
  addEventListener('online', retry)
  form.addEventListener('input', changed)
  waits.set(form, () => {
    clearTimeout(timer)
    removeEventListener('online', retry)
    form.removeEventListener('input', changed)
  })
  say(form, words[why], [words.now, retry], [words.pause, () => pause(words.paused)])
  one('.sending', form).insertBefore(textLine(words.again(seconds)), one('.sending button', form))
}

const textLine = (text) => document.createTextNode(`${text} `)

function stop(form) {
  const end = waits.get(form)
  if (end) end()
  waits.delete(form)
}

/** An answer that is no page of the form's: its title and advice. */
export function sayWhy(form, page) {
  const state = say(
    form,
    all('h1, h1 + p', one('main', page) || page.body)
      .map((part) => part.textContent.trim())
      .join('。'),
  )
  state.tabIndex = -1
  state.focus()
}
