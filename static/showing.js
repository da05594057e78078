import { one } from './dom.js'

// A page that was asked for by script stands in the place of the one before it; back and forward lead between them with all
// that was typed, also without network.
// What was loaded again stands where it stood.
let current = (history.state && history.state.page) || 0
let newest = current
let isFragment = false
let kept = new Map()

function stamp() {
  history.replaceState({ page: current }, '')
  kept.set(current, { main: one('main'), title: document.title, top: window.pageYOffset })
}

function put({ main, title, top }) {
  one('main').replaceWith(main)
  document.title = title
  window.scrollTo(0, top)
  document.dispatchEvent(new Event('shown'))
}

/** Shows the main part of an answer. @param address where a reload leads from here */
export function showPage(page, address) {
  stamp()
  current = ++newest
  history.pushState({ page: current }, '', address)
  put({ main: document.importNode(one('main', page), true), title: page.title, top: 0 })
  stamp()
}

/** The same in the place of the page that stands here, of which and of all before it nothing is kept. */
export function showInstead(page, address) {
  kept = new Map()
  history.replaceState({ page: current }, '', address)
  put({ main: document.importNode(one('main', page), true), title: page.title, top: 0 })
  stamp()
}

/** Back leads from what is wrong to the form as it was typed, which is the same. */
export function markPlace() {
  stamp()
  current = ++newest
  history.pushState({ page: current }, '')
  kept.set(current, { main: one('main'), title: document.title, top: window.pageYOffset })
}

/** What has come is read from here on. */
export function focusOn(element) {
  if (!element) return
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1
  element.focus()
}

document.addEventListener('click', ({ target }) => {
  isFragment = target.closest('a[href^="#"]') !== null
})
addEventListener('popstate', ({ state }) => {
  if (newest === 0 && !state) return
  if (!state && isFragment) {
    isFragment = false
    return history.replaceState({ page: current }, '')
  }
  const page = state ? state.page : 0
  if (page === current) return
  const before = kept.get(page)
  if (!before) return location.reload()
  kept.set(current, { main: one('main'), title: document.title, top: window.pageYOffset })
  current = page
  if (before.main !== one('main')) put(before)
})
