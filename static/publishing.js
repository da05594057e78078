import { all, one } from './dom.js'
import { draftIn, isEmpty } from './drafts.js'
import { words } from './words.js'

// Above the button that sends: how many will be public, and under which name.
function tell(form) {
  const place = one('[data-publishing]', form)
  if (!place) return
  const written = all('.part', form).filter((part) => !isEmpty(draftIn(part))).length
  const count = Number(place.dataset.counted) || written
  const forOffice = one('[name=visibility][value=office]', form)
  const said = forOffice && forOffice.checked ? words.officeCount : words.publicCount
  const isEach = place.dataset.publishing === 'each'
  one('[data-public-count]', place).textContent = isEach || said === words.officeCount ? said(count) : ''
  if (place.dataset.counted) return
  const name = one('[name=name]', form)
  const shows = one('[name=show_name]', form)
  const how = !name || !name.value.trim() ? 'none' : shows && shows.checked ? 'full' : 'masked'
  for (const sentence of all('[data-signed]', place)) sentence.hidden = sentence.dataset.signed !== how
}

const tellOf = ({ target }) => {
  const form = target.form || (target.closest && target.closest('form'))
  if (form && form.dataset.drafts) tell(form)
}
for (const kind of ['input', 'change', 'filled', 'enhanced']) document.addEventListener(kind, tellOf)
