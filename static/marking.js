/* What a moderator selects to be hidden: the text, and the place where it begins in what is stored, in code points. */
const shownOnly = '.marked-kind, del'

/** The selection, by mouse in the comment as it is shown or by keyboard in its plain text; null where there is none. */
function selectedPlace() {
  const area = document.activeElement?.closest('textarea[data-text-field]')
  return area ? trimmed(placeInArea(area)) : trimmed(placeInText(getSelection()))
}

function placeInArea({ value, selectionStart, selectionEnd, dataset }) {
  const text = value.slice(selectionStart, selectionEnd)
  return { field: dataset.textField, start: [...value.slice(0, selectionStart)].length, text }
}

function placeInText(selection) {
  if (selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const common = elementOf(range.commonAncestorContainer)
  const shown = common.closest('p[data-text-field]')
  if (!shown || common.closest(shownOnly)) return null
  const before = document.createRange()
  before.selectNodeContents(shown)
  before.setEnd(range.startContainer, range.startOffset)
  return { field: shown.dataset.textField, start: [...storedText(before)].length, text: storedText(range) }
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement
}

/** What of a range is stored: without the kinds that the page puts beside marks and the words that a wording drops. */
function storedText(range) {
  const piece = document.createElement('div')
  piece.append(range.cloneContents())
  for (const added of piece.querySelectorAll(shownOnly)) added.remove()
  return piece.textContent
}

function trimmed(place) {
  if (!place?.text.trim()) return null
  const start = place.start + [...place.text].findIndex((character) => character.trim())
  return { field: place.field, start, text: place.text.trim() }
}

/** Fills the form with what is selected. @returns whether something was */
export function takeSelection() {
  const form = document.querySelector('#mark-more form')
  const place = form && selectedPlace()
  if (!place) return false
  document.getElementById('mark-more').open = true
  for (const [name, value] of Object.entries(place)) form.elements[name].value = value
  form.dataset.place = 'selected'
  return true
}

/** What is typed is meant wherever it stands. */
function forgetPlace({ target }) {
  if (target.id !== 'mark-text') return
  target.form.elements.field.value = ''
  target.form.elements.start.value = ''
  delete target.form.dataset.place
}

/* Where a text is readonly, browsers select nothing by keyboard; so it may be walked through, and not be changed. */
document.addEventListener('beforeinput', (event) => {
  if (event.target.matches?.('[aria-readonly]')) event.preventDefault()
})
/* An input method changes it all the same. */
document.addEventListener('compositionend', ({ target }) => {
  if (target.matches?.('[aria-readonly]')) target.value = target.defaultValue
})
document.addEventListener('mouseup', takeSelection)
document.addEventListener(
  'select',
  ({ target }) => target.matches?.('[data-text-field]') && takeSelection(),
  true,
)
document.addEventListener('input', forgetPlace)
