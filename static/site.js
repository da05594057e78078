// What the pages do without is all here: where one is in the outline, and the focus on what has just opened.
const outlineLinks = new Map()
for (const link of document.querySelectorAll('.outline .item a')) {
  outlineLinks.set(link.getAttribute('href').slice(1), link)
}

if (outlineLinks.size > 0 && 'IntersectionObserver' in window) {
  let current = null
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue
        if (current) current.removeAttribute('aria-current')
        current = outlineLinks.get(entry.target.id)
        if (current) current.setAttribute('aria-current', 'location')
      }
    },
    { rootMargin: '-20% 0px -70% 0px' },
  )
  for (const clause of document.querySelectorAll('.clause')) observer.observe(clause)
}

document.addEventListener('htmx:afterSwap', (event) => {
  const form = event.target.querySelector('.comment-form')
  if (!form) return
  const first = form.querySelector('.choices input')
  if (first) first.focus()
})

const summary = document.getElementById('errors')
if (summary) summary.focus()
