import { all, one } from './dom.js'
import { typedIn } from './fields.js'

// What a proposal changes in the draft is shown while it is typed.
const compared = ['clause', 'proposal', 'wording', 'quote']
const timers = new WeakMap()

/** Has it shown soon. */
export function showChange(part) {
  clearTimeout(timers.get(part))
  timers.set(
    part,
    setTimeout(() => compare(part), 400),
  )
}

async function compare(part) {
  const address = part.form && part.form.dataset.difference
  const place = one('.difference', part)
  if (!address || !place) return
  const fields = new URLSearchParams()
  for (const field of compared) fields.append(`comments[0][${field}]`, typedIn(part, field))
  try {
    const answer = await fetch(address, { method: 'POST', body: fields })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    place.textContent = ''
    for (const node of Array.from(page.body.childNodes)) place.appendChild(document.importNode(node, true))
  } catch (_) {
    // Without a network it is shown later.
  }
}

document.addEventListener('input', ({ target }) => {
  const part = target.closest && target.closest('.part')
  if (part && all('.difference', part).length > 0 && /\[(wording|proposal)\]$/.test(target.name))
    showChange(part)
})
