import { all, one } from './dom.js'
import { controlsOf } from './fields.js'

const compared = ['clause', 'proposal', 'wording', 'quote']

/** Has each proposal of a form show, while it is typed, what it changes in the draft. */
export function showChanges(form) {
  const address = form.dataset.difference
  if (!address) return
  for (const part of all('.part', form)) {
    const clause = controlsOf(part, 'clause')[0]
    const nameOf = (field) => clause.name.replace('[clause]', `[${field}]`)
    const sentences = one('.sentences', part)
    const quoted = sentences ? `, change from:#${sentences.id} delay:400ms` : ''
    const shown = one('.difference', part)
    shown.setAttribute('data-hx-post', address)
    shown.setAttribute('data-hx-trigger', `input from:closest details delay:400ms${quoted}`)
    shown.setAttribute('data-hx-params', compared.map(nameOf).join(','))
  }
}
