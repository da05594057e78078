import { all, one } from './dom.js'
import { draftIn, forgetDraft, isEmpty, keepDraft, orderDraft } from './drafts.js'
import { countOnClause, itemOf } from './parts.js'
import { words } from './words.js'

// 我的意见 is a list to go through: how much there is, a place to jump to for each, and acts on each; the rest is folded away.
const mostOpen = 5
const filledIn = (form) => all('.part', form).filter((part) => !isEmpty(draftIn(part)))

function list(form) {
  if (!form.dataset.all) return
  for (const part of all('.part', form)) offerActs(part)
  foldRest(form)
  total(form)
  const items = filledIn(form).map(itemOf)
  if (items.length > mostOpen) for (const item of items) item.open = false
}

/** The clauses of which nothing was said stand in one fold, behind what was. */
function foldRest(form) {
  const filled = filledIn(form)
  const items = all('.folded', form)
  if (filled.length === 0 || items.length === 0 || one('.rest', form)) return
  const rest = document.createElement('details')
  rest.className = 'more rest'
  const name = document.createElement('summary')
  rest.appendChild(name)
  const about = one('.about', form)
  about.before(rest)
  for (const item of items) if (isEmpty(draftIn(one('.part', item)))) rest.appendChild(item)
  name.textContent = words.rest(all('.folded', rest).length)
}

function total(form) {
  const parts = filledIn(form)
  let place = one('.totals', form)
  if (!place) {
    place = document.createElement('nav')
    place.className = 'jump totals'
    place.setAttribute('aria-label', words.jump)
    one('[name=token]', form).after(place)
  }
  place.hidden = parts.length === 0
  if (place.hidden) return
  place.textContent = words.total(parts.length)
  const jumps = document.createElement('ul')
  for (const part of parts) {
    excerpt(part)
    const link = document.createElement('a')
    link.href = `#${part.id}`
    link.lang = 'zh-CN'
    link.textContent = `${nameOf(part)} ${startOf(part)}`
    jumps.appendChild(document.createElement('li')).appendChild(link)
  }
  place.appendChild(jumps)
}

const startOf = (part) => [...draftIn(part).body.trim()].slice(0, 14).join('')

/** A fold tells how what is in it begins. */
function excerpt(part) {
  const summary = itemOf(part) !== part && one('summary', itemOf(part))
  if (!summary) return
  let said = one('.excerpt', summary)
  if (!said) {
    said = document.createElement('small')
    said.className = 'excerpt'
    summary.append(' ', said)
  }
  said.textContent = startOf(part)
}

function nameOf(part) {
  const summary = itemOf(part) !== part && one('summary', itemOf(part))
  const words = summary ? all('span', summary) : [one('legend', part)]
  return words.map(({ textContent }) => textContent.trim()).join('')
}

function offerActs(part) {
  const item = itemOf(part)
  if (item === part || one('.part-acts', item)) return
  const acts = document.createElement('p')
  acts.className = 'part-acts'
  for (const [name, act] of [
    [words.up, (own) => move(own, -1)],
    [words.down, (own) => move(own, 1)],
    [words.remove, remove],
  ]) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = name
    button.addEventListener('click', () => act(one('.part', item)))
    acts.append(button, ' ')
  }
  item.appendChild(acts)
}

/** Among those in which something stands; what is sent stands in this order. */
function move(part, by) {
  const { form } = part
  const parts = filledIn(form).filter((one) => itemOf(one) !== one)
  const at = parts.indexOf(part)
  const other = parts[at + by]
  if (!other) return
  if (by < 0) itemOf(other).before(itemOf(part))
  else itemOf(other).after(itemOf(part))
  for (const [place, one] of filledIn(form).entries()) orderDraft(one, place)
  total(form)
  one('.part-acts button', itemOf(part)).focus()
}

function remove(part) {
  const { form } = part
  if (!window.confirm(words.sure)) return
  if (part.dataset.draft) forgetDraft(form.dataset.drafts, part.dataset.draft)
  const { clause } = part.dataset
  const item = itemOf(part)
  const isOnly = all('.part', form).filter(({ dataset }) => dataset.clause === clause).length === 1
  if (isOnly) for (const control of all('textarea', part)) control.value = ''
  if (isOnly) for (const control of all('input[type=radio]', part)) control.checked = control.value === ''
  if (isOnly) keepDraft(part)
  else item.remove()
  countOnClause(form, clause)
  if (isOnly) item.open = false
  total(form)
  const next = one('.totals a', form) || one('textarea', form)
  if (next) next.focus()
}

document.addEventListener('enhanced', ({ target }) => list(target))
let timer = 0
document.addEventListener('input', ({ target }) => {
  if (!target.form || !target.form.dataset.all) return
  clearTimeout(timer)
  timer = setTimeout(() => total(target.form), 300)
})

// A long review is folded by clause; on paper, and where one jumps to it, it is open.
function fold() {
  for (const group of all('details[data-folds]')) group.open = location.hash === `#${group.id}`
}
document.addEventListener('shown', fold)
document.addEventListener('click', ({ target }) => {
  const link = target.closest('.jump a')
  const group = link && document.getElementById(link.hash.slice(1))
  const folded = group && group.closest('details')
  if (folded) folded.open = true
})
addEventListener('beforeprint', () => {
  for (const group of all('details.reviewed')) group.open = true
})
fold()
