import { all, one } from './dom.js'
import { forget, keep, parsed, read } from './keeping.js'

// 关于您 is kept like the text until it is sent, and forgotten when asked.
const fields = ['identity', 'name', 'show_name', 'organisation', 'region', 'contact']
const keyOf = (slug) => `person:${slug}`
const controlOf = (form, field) => one(`.about [name="${field}"]`, form)

function personIn(form) {
  const person = {}
  for (const field of fields) {
    const control = controlOf(form, field)
    if (control) person[field] = control.type === 'checkbox' ? control.checked : control.value
  }
  return person
}

const isUntouched = (person) =>
  fields.every((field) => !person[field] || (field === 'identity' && person[field] === 'individual'))

/** @returns whether it is kept */
export function keepPerson(form) {
  const slug = form.dataset.drafts
  const person = personIn(form)
  const isKept = isUntouched(person) ? true : keep(keyOf(slug), JSON.stringify(person))
  if (isUntouched(person)) forget(keyOf(slug))
  showForget(form)
  return isKept
}

export function restorePerson(form) {
  const person = parsed(read(keyOf(form.dataset.drafts)), null)
  const about = one('.about', form)
  if (about && person && isUntouched(personIn(form))) {
    setPerson(form, person)
    about.open = true
  }
  showForget(form)
}

export function forgetPerson(slug) {
  forget(keyOf(slug))
  for (const form of all(`form[data-drafts="${slug}"]`)) showForget(form)
}

/** Empties 关于您 on the page. */
export function clearPerson(form) {
  setPerson(form, { identity: 'individual' })
}

function setPerson(form, person) {
  for (const field of fields) {
    const control = controlOf(form, field)
    if (!control) continue
    if (control.type === 'checkbox') control.checked = person[field] === true
    else control.value = person[field] || ''
  }
  form.dispatchEvent(new Event('filled', { bubbles: true }))
}

function showForget(form) {
  const place = one('[data-person-kept]', form)
  if (place) place.hidden = read(keyOf(form.dataset.drafts)) === null
}

document.addEventListener('input', ({ target }) => {
  if (target.closest && target.closest('[data-drafts] .about')) keepPerson(target.form)
})
document.addEventListener('change', ({ target }) => {
  if (target.closest && target.closest('[data-drafts] .about')) keepPerson(target.form)
})
document.addEventListener('click', ({ target }) => {
  if (!target.closest('[data-forget-person]')) return
  clearPerson(target.form)
  forgetPerson(target.form.dataset.drafts)
})
