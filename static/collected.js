import { all, one } from './dom.js'
import { readDrafts } from './drafts.js'
import { words } from './words.js'

// Clauses and the outline mark where one has something waiting, and lead to it.
function mark() {
  const place = one('[data-collected]')
  if (!place || !one('.clause')) return
  const drafts = readDrafts(place.dataset.collected)
  const counts = {}
  for (const id of Object.keys(drafts)) counts[drafts[id].clause] = (counts[drafts[id].clause] || 0) + 1
  const list = one('a[href]', place) || place
  for (const clause of all('.clause')) markAt(one('.clause-side', clause), counts[clause.id], list.href)
  for (const link of all('.outline li a')) markIn(link, counts[link.hash.slice(1)])
}

function markAt(side, count, list) {
  let link = one('.mine', side)
  if (!count) return link && link.remove()
  if (!link) {
    link = document.createElement('a')
    link.className = 'mine'
    side.appendChild(link)
  }
  link.href = `${list.split('#')[0]}#mine-${side.parentElement.id}`
  link.textContent = words.mine(count)
}

function markIn(link, count) {
  let dot = one('.mine', link)
  if (!count) return dot && dot.remove()
  if (!dot) {
    dot = document.createElement('span')
    dot.className = 'mine'
    link.firstElementChild.after(dot)
  }
  dot.textContent = `● ${count}`
  dot.title = words.mine(count)
  const said = document.createElement('span')
  said.className = 'hidden'
  said.textContent = words.mine(count)
  dot.appendChild(said)
}

document.addEventListener('collected', mark)
document.addEventListener('shown', mark)
mark()
