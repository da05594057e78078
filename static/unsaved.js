import { one } from './dom.js'

/* Whoever goes on to another comment is asked before what they have typed of this one is lost. */
const question = '填写的内容还没有提交，去审别的意见就会丢失。确定离开吗？'

const isTyped = ({ value, defaultValue }) => value !== defaultValue

function ask(event) {
  if (!event.target.matches('form[action*="/claim"]')) return
  const typed = [...document.querySelectorAll('.judging > .acts textarea')].some(isTyped)
  if (!typed || confirm(question)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** The boxes that were ticked, in the list that takes the place of the one that was there. */
let ticked = []
const boxes = () => [...document.querySelectorAll('#queue .choose')]

function remember() {
  ticked = boxes().flatMap(({ checked, value }) => (checked ? [value] : []))
}

function tickAgain() {
  for (const box of boxes()) box.checked = ticked.includes(box.value) || box.checked
  const row = one('#queue .current')
  const list = one('.queue')
  if (!row || !list || list.scrollHeight <= list.clientHeight) return
  const [{ top, bottom }, around] = [row.getBoundingClientRect(), list.getBoundingClientRect()]
  if (top < around.top) list.scrollTop -= around.top - top
  if (bottom > around.bottom) list.scrollTop += bottom - around.bottom
}

document.addEventListener('submit', ask, true)
document.addEventListener('htmx:beforeSwap', remember)
document.addEventListener('htmx:afterSettle', tickAgain)
