import { all, one } from './dom.js'
import { words } from './words.js'

// Telephone and identity numbers in what is typed are pointed at, with a button that takes them out; nobody is refused.
const gap = '[ \\-]?'
const kinds = {
  id: new RegExp(
    `(?:^|[^\\d])([1-9]\\d{5}${gap}(?:19|20)\\d{2}${gap}\\d{2}${gap}\\d{2}${gap}\\d{3}[\\dXx])(?!\\d)`,
  ),
  mobile: new RegExp(`(?:^|[^\\d])((?:\\+?86${gap})?1[3-9]\\d${gap}\\d{4}${gap}\\d{4})(?!\\d)`),
}

function numberIn(text) {
  for (const kind of Object.keys(kinds)) {
    const found = kinds[kind].exec(text)
    if (found) return { kind, text: found[1] }
  }
  return null
}

function point(area) {
  const found = numberIn(area.value)
  let said = one('.pointed', area.parentElement)
  if (!found) return said && said.remove()
  if (!said) {
    said = document.createElement('p')
    said.className = 'banner pointed'
    said.setAttribute('role', 'status')
    area.parentElement.appendChild(said)
  }
  if (said.dataset.text === found.text) return
  said.dataset.text = found.text
  said.textContent = words.pointed(words.numbers[found.kind], found.text)
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = words.drop
  button.addEventListener('click', () => {
    area.value = area.value.replace(found.text, '')
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.focus()
  })
  said.appendChild(button)
  const seen = area.form && one('[name=seen]', area.form)
  if (seen) seen.value = '1'
}

const areas = (within) => all('.part textarea', within)
document.addEventListener('input', ({ target }) => {
  if (target.matches && target.matches('.part textarea')) point(target)
})
for (const kind of ['filled', 'enhanced'])
  document.addEventListener(kind, ({ target }) => areas(target).forEach(point))
