/* Nothing is decided unread by a fast hand: a comment that has just come up takes no decision, nor one whose text was not
   all on the screen once. Where there is no script no key decides, and each decision brings a new page. */
const sleep = 700
/** How finely is kept what of a text was on the screen, in pixels. */
const slice = 8

const decides = 'form[action*="/decision"], details.act > summary'

/** The comments of this page that were read, each in its version. */
const read = new Set()
/** What of each text was on the screen. */
let seen = new WeakMap()
let current = null
let cameUp = 0
let isSending = false

const judging = () => document.getElementById('judging')

/** The comment in hand, as it was when it came up. */
function inHand() {
  return judging()?.querySelector('[data-in-hand]')?.dataset.inHand ?? null
}

function isAsleep() {
  return isSending || performance.now() - cameUp < sleep
}

/** Whether something of the comment in hand has not been on the screen. */
function isUnread() {
  return current !== null && !read.has(current)
}

/** What is on the screen of what a box shows, from top to bottom: what lies over or outside it is not. */
function inSight(text) {
  let { top, bottom } = text.getBoundingClientRect()
  for (let box = text.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowY === 'visible') continue
    const around = box.getBoundingClientRect()
    if (box !== document.body && box !== document.documentElement) {
      top = Math.max(top, around.top)
      bottom = Math.min(bottom, around.bottom)
    }
  }
  const bar = judging().querySelector(':scope > .acts')
  const isOver = bar && getComputedStyle(bar).position === 'sticky'
  const end = isOver ? bar.getBoundingClientRect().top : innerHeight
  return { top: Math.max(top, 0), bottom: Math.min(bottom, end, innerHeight) }
}

function isSeen(text) {
  const { top, bottom, height } = text.getBoundingClientRect()
  const count = Math.ceil(height / slice)
  const slices = seen.get(text)?.length === count ? seen.get(text) : new Uint8Array(count)
  const shown = inSight(text)
  // Half a slice may be hidden by a border.
  const half = slice / 2
  const from = shown.top <= top + half ? 0 : Math.ceil((shown.top - top) / slice)
  const to = shown.bottom >= bottom - half ? count : Math.floor((shown.bottom - top) / slice)
  if (to > from) slices.fill(1, from, to)
  seen.set(text, slices)
  return slices.every(Boolean)
}

/** Looks what of the comment is on the screen now. */
function look() {
  if (!judging()) return
  const one = inHand()
  if (one !== current) {
    current = one
    cameUp = performance.now()
    seen = new WeakMap()
    setTimeout(look, sleep + 10)
  }
  if (isUnread() && document.visibilityState === 'visible') {
    const texts = [...judging().querySelectorAll('[data-read]')]
    // All of them: each keeps what was seen of it.
    if (texts.map(isSeen).every(Boolean)) read.add(current)
  }
  tell()
}

function tell() {
  judging().toggleAttribute('data-asleep', isAsleep() || isUnread())
  const unread = document.getElementById('unread')
  if (unread) unread.hidden = !isUnread()
}

/** Whether a control would decide what nobody may have read. */
export function isTooSoon(control) {
  return control.closest(decides) !== null && control.closest('.acts') !== null && (isAsleep() || isUnread())
}

function holdBack(event) {
  if (!event.target.matches(decides) || !isTooSoon(event.target)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  look()
}

/** One key says that all was read, by ear or on another screen. */
function markRead({ target }) {
  if (!target.closest('#unread button')) return
  read.add(current)
  tell()
  judging().focus()
}

const isDecision = ({ detail }) => detail.requestConfig.elt.matches('form[action*="/decision"]')

if (judging()) {
  document.addEventListener('submit', holdBack, true)
  document.addEventListener('click', markRead)
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (isDecision(event)) isSending = true
  })
  document.addEventListener('htmx:afterRequest', (event) => {
    if (!isDecision(event)) return
    isSending = false
    look()
  })
  document.addEventListener('htmx:afterSettle', look)
  document.addEventListener('scroll', look, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  addEventListener('resize', look)
  addEventListener('pageshow', () => {
    current = null
    look()
  })
  look()
}
