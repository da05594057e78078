import { all, one } from './dom.js'
import { clearPart } from './drafts.js'
import { words } from './words.js'

// The comments of a form: `comments[3][body]` is a field of the fourth, its element `p3-comments-3-body`.
const attributes = ['name', 'id', 'for', 'aria-describedby', 'aria-labelledby', 'href']
const placeOf = (part) => Number((/comments-(\d+)-/.exec(part.id) || [0, 0])[1])
/** What stands in the list for a comment: its fold where it has one. */
export const itemOf = (part) => part.closest('.folded') || part

function number(part, place) {
  const from = placeOf(part)
  for (const element of [itemOf(part), ...all('*', itemOf(part))])
    for (const attribute of attributes) {
      const value = element.getAttribute(attribute)
      if (value)
        element.setAttribute(
          attribute,
          value
            .replace(`comments[${from}]`, `comments[${place}]`)
            .replace(`comments-${from}-`, `comments-${place}-`),
        )
    }
}

const nextPlace = (form) => Math.max(...all('.part', form).map(placeOf)) + 1

/** Another comment on the clause of this one, behind it. */
export function addAfter(part) {
  const item = itemOf(part)
  const copy = item.cloneNode(true)
  const added = copy.matches('.part') ? copy : one('.part', copy)
  for (const own of all('.error, .part-acts, .counted, .pointed, .excerpt', copy)) own.remove()
  for (const clause of all('.paper', copy)) clause.classList.add('again')
  for (const wrong of all('.wrong', copy)) wrong.classList.remove('wrong')
  // Chosen ones would take the choice from the comment that they were copied from.
  const place = nextPlace(part.form)
  number(added, place)
  delete added.dataset.written
  item.parentNode.insertBefore(copy, item.nextSibling)
  clearPart(added)
  countOnClause(added.form, added.dataset.clause)
  return added
}

/** Tells several comments on a clause from one another. */
export function countOnClause(form, clause) {
  const own = all('.part', form).filter(({ dataset }) => dataset.clause === clause)
  for (const [place, part] of own.entries())
    for (const said of all('[data-nth]', itemOf(part)))
      said.textContent = place > 0 ? words.nth(place + 1) : ''
}

/** Puts the comments of a list as they were put before. @param orders by the ids of their drafts */
export function putInOrder(form, orders) {
  const moved = all('.folded', form)
    .map((item) => [item, orders.get(one('.part', item).dataset.draft)])
    .filter(([, order]) => order !== undefined)
    .sort(([, order], [, other]) => order - other)
  const [first] = moved
  if (!first) return
  const mark = document.createComment('')
  all('.folded', form)[0].before(mark)
  for (const [item] of moved) mark.before(item)
  mark.remove()
}

/** Numbers the comments as they stand, which is the order in which they are sent. */
export function numberInOrder(form) {
  const parts = all('.part', form)
  if (parts.every((part, place) => place === 0 || placeOf(parts[place - 1]) < placeOf(part))) return
  const free = nextPlace(form)
  for (const [place, part] of parts.entries()) number(part, free + place)
  for (const [place, part] of parts.entries()) number(part, place)
}
