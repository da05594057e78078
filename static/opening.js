import { one } from './dom.js'
import { enhance, focusFirst, putAway } from './forms.js'
import { words } from './words.js'

// 提意见 opens the form under its clause; asking for it again puts it away. Where there is no network the draft stays.
async function open(link, place) {
  place.hidden = false
  if (one('form', place)) {
    putAway(place, false)
    return focusFirst(place)
  }
  if (place.dataset.opening) return
  place.dataset.opening = 'yes'
  link.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(link.href)
    // The page can say why there is no form.
    if (!answer.ok) return location.assign(link.href)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const form = one('form.comment-form', page)
    if (!form) return location.assign(link.href)
    place.textContent = ''
    place.appendChild(document.importNode(form, true))
    putAway(place, false)
    enhance(one('form', place))
    focusFirst(place)
  } catch (_) {
    sayUnreached(link, place)
  } finally {
    delete place.dataset.opening
    link.removeAttribute('aria-busy')
  }
}

function sayUnreached(link, place) {
  const told = one('.banner', place)
  if (told) return told.focus()
  place.textContent = ''
  const said = document.createElement('p')
  said.className = 'banner'
  said.tabIndex = -1
  said.setAttribute('role', 'alert')
  said.textContent = `${words.notOpened} `
  const again = document.createElement('button')
  again.type = 'button'
  again.textContent = words.openAgain
  said.appendChild(again)
  place.appendChild(said)
  again.addEventListener('click', () => open(link, place))
  addEventListener('online', () => said.isConnected && open(link, place), { once: true })
  again.focus()
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-form]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return
  const place = one(link.dataset.form)
  if (!place) return
  event.preventDefault()
  if (one('form', place) && !place.hidden) putAway(place, true)
  else void open(link, place)
})
