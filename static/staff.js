import { isTooSoon } from './deciding.js'
import './dragging.js'
import './failures.js'
import { takeSelection } from './marking.js'
import './splitting.js'
import './ticking.js'
import './unsaved.js'

/* Single keys do what the control with that data-key does; they are off while somebody types or composes Chinese. */
const keysOff = 'keys-off'

/** A box or a button takes no letters: after a row is ticked the keys go on. */
const takesLetters =
  'textarea, select, input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])'

function isTyping({ target, isComposing, keyCode }) {
  const composing = isComposing || keyCode === 229
  return composing || target.isContentEditable || target.matches(takesLetters)
}

function areOff() {
  return localStorage.getItem(keysOff) === 'yes'
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (areOff() || isTyping(event)) return
  const control = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!control) return
  event.preventDefault()
  // A key that is held down is meant once.
  if (event.repeat || isTooSoon(control)) return
  const isTaken = control.closest('#mark-more') && takeSelection()
  if (!isTaken) control.click()
  const first = isTaken ? 'select' : 'input:not([type=hidden]), textarea'
  const field = control.closest('details[open]')?.querySelector(first)
  // The bar of acts is in sight already, and what is read shall stay so.
  field?.focus({ preventScroll: control.closest('.judging > .acts') !== null })
}

/** Leaving lets go of the comment, so that somebody else can judge it. */
function release() {
  const renewal = document.getElementById('renewal')
  if (!renewal) return
  const token = document.querySelector('input[name=_csrf]').value
  navigator.sendBeacon(renewal.dataset.release, new URLSearchParams({ _csrf: token }))
}

/** What was swapped in is what is read next, from its beginning; what stays in hand stays where it is on the screen. */
function readOn({ target }) {
  if (target.id !== 'judging') return
  const summary = target.querySelector('[role=alert]')
  if (summary) return summary.focus()
  target.focus({ preventScroll: true })
  const before = inHand
  inHand = handOf(target)
  const { top } = target.getBoundingClientRect()
  if (inHand !== before && (top < 0 || top > innerHeight / 2)) target.scrollIntoView()
}

const handOf = (judging) => judging?.querySelector('[data-in-hand]')?.dataset.inHand
let inHand = handOf(document.getElementById('judging'))

function showKeys() {
  document.documentElement.dataset.keys = areOff() ? 'off' : 'on'
  const box = document.getElementById('keys-on')
  if (box) box.checked = !areOff()
}

function switchKeys({ target }) {
  if (target.id !== 'keys-on') return
  localStorage.setItem(keysOff, target.checked ? 'no' : 'yes')
  showKeys()
}

showKeys()
document.addEventListener('keydown', press)
document.addEventListener('change', switchKeys)
document.addEventListener('htmx:afterSwap', readOn)
addEventListener('pagehide', release)
