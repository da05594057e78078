// Everything works without this file; it saves steps. Written for browsers of 2018 (Chrome 70): no ?. and no ??.

// Where one is: the outline marks the clause in the upper part of the window.
const links = new Map()
for (const link of document.querySelectorAll('.outline a')) links.set(link.hash.slice(1), link)
if (links.size > 0 && 'IntersectionObserver' in window) {
  let current = null
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        if (current) current.removeAttribute('aria-current')
        current = links.get(target.id)
        if (current) current.setAttribute('aria-current', 'location')
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  )
  for (const clause of document.querySelectorAll('.clause')) observer.observe(clause)
}

// A form that opens under its clause takes the focus; asking for it again puts it away.
document.addEventListener('htmx:beforeRequest', (event) => {
  const place = event.detail.target
  if (!place.classList.contains('form-place') || !place.firstElementChild) return
  event.preventDefault()
  place.hidden = !place.hidden
  if (!place.hidden) focusFirst(place)
})
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target.classList.contains('form-place')) focusFirst(event.detail.target)
})

// Where the fragment cannot be had, the page of the form can say why.
for (const failure of ['htmx:responseError', 'htmx:sendError']) {
  document.addEventListener(failure, (event) => {
    if (event.target.href) location.assign(event.target.href)
  })
}

function focusFirst(place) {
  const first = place.querySelector('.error-summary, input:not([type=hidden]), textarea')
  if (first) first.focus()
}

const summary = document.getElementById('errors')
if (summary) summary.focus()
