import { all } from './dom.js'
import { words } from './words.js'

// A box grows with what is written in it, and tells how much that is.
const longest = 5000

export function grow(area) {
  const { style } = area
  const top = window.pageYOffset
  style.height = 'auto'
  if (area.scrollHeight > area.clientHeight)
    style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`
  if (window.pageYOffset !== top) window.scrollTo(window.pageXOffset, top)
  count(area)
}

function count(area) {
  let said = area.nextElementSibling
  if (!said || !said.matches('.counted')) {
    said = document.createElement('p')
    said.className = 'hint counted'
    area.after(said)
  }
  const length = [...area.value.trim()].length
  said.textContent = length === 0 ? '' : words.counted(length, longest)
  said.classList.toggle('over', length > longest)
}

export const growAll = (within) => all('.part textarea', within).forEach(grow)

document.addEventListener('input', ({ target }) => {
  if (target.matches && target.matches('.part textarea')) grow(target)
})
document.addEventListener('filled', ({ target }) => growAll(target))
// In a fold a box has no height of its own until it opens.
document.addEventListener('toggle', ({ target }) => target.open && growAll(target), true)
