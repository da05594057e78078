import { all } from './dom.js'

/** The controls of one field of a comment: `comments[0][body]`, or all the radio buttons of a choice. */
export const controlsOf = (part, field) => all(`[name$="[${field}]"]`, part)

export function typedIn(part, field) {
  const controls = controlsOf(part, field)
  const chosen = controls.find(({ type, checked }) => type !== 'radio' || checked)
  return chosen ? chosen.value : ''
}

export function setValue(part, field, value) {
  for (const control of controlsOf(part, field)) {
    if (control.type === 'radio') control.checked = control.value === value
    else control.value = value
  }
}
