/* Words of a letter that are selected, by mouse, finger or keyboard, are what the form marks: from the place in the letter, in
   code points, where they begin to where they end. Without this, sentences are ticked. */

/** A place of the selection, in code points of the letter; null where it is not in one of its sentences. */
function placeOf(node, offset) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : null
  const sentence = element?.closest('[data-at]')
  if (!sentence) return null
  return Number(sentence.dataset.at) + [...node.data.slice(0, offset)].length
}

/** What is selected; null where nothing is, or not words of the letter alone. */
function selectedSpan() {
  const selection = getSelection()
  if (selection.rangeCount === 0 || selection.isCollapsed) return null
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0)
  const start = placeOf(startContainer, startOffset)
  const end = placeOf(endContainer, endOffset)
  return start === null || end === null || start >= end ? null : { start, end }
}

/** The last selection stays meant while somebody fills in the form, until other words are selected or a sentence is ticked. */
function keep(span) {
  const form = document.getElementById('mark')
  if (!form) return
  form.elements.start.value = span?.start ?? ''
  form.elements.end.value = span?.end ?? ''
  const note = document.getElementById('marked')
  note.textContent = span ? `已选中 ${span.end - span.start} 个字` : ''
}

document.addEventListener('selectionchange', () => {
  const span = selectedSpan()
  if (span) keep(span)
})
document.addEventListener('change', ({ target }) => {
  if (target.name === 'sentence') keep(null)
})
