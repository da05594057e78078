import { all, one } from './dom.js'

// Where one is: the outline marks the clause in the upper part of the window.
const outline = new Map(all('.outline a').map((link) => [link.hash.slice(1), link]))
if (outline.size > 0 && 'IntersectionObserver' in window) {
  let current = null
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        if (current) current.removeAttribute('aria-current')
        // The paragraphs of an article stand in the outline as one.
        let place = target
        while (place && !outline.has(place.id)) place = place.previousElementSibling
        current = place && outline.get(place.id)
        if (current) current.setAttribute('aria-current', 'location')
      }
    },
    { rootMargin: '-6% 0px -93% 0px' },
  )
  for (const clause of all('.clause')) observer.observe(clause)
}

// Next and previous clause: j and k, as long as nobody is typing.
document.addEventListener('keydown', ({ key, target, altKey, ctrlKey, metaKey }) => {
  if (altKey || ctrlKey || metaKey || target.closest('input, textarea, select')) return
  if (key !== 'j' && key !== 'k') return
  const neighbour = one(key === 'j' ? '[rel=next]' : '[rel=prev]')
  const clauses = all('.clause')
  if (clauses.length === 0 && neighbour) neighbour.click()
  const above = clauses.filter((clause) => clause.getBoundingClientRect().top < 40)
  const next = clauses[above.length + (key === 'j' ? 0 : -2)]
  if (!next) return
  location.hash = next.id
  one('.say, .count', next).focus({ preventScroll: true })
})
