import { all } from './dom.js'

/* 全选本页 leads to the same page with every box ticked; where there is script they are ticked in their places. */
const boxesOf = (link) => all(`input[name="${CSS.escape(link.dataset.ticks)}"]`, link.closest('form'))
const areTicked = (boxes) => boxes.length > 0 && boxes.every(({ checked }) => checked)

function tick(event) {
  const link = event.target.closest('a[data-ticks]')
  if (!link) return
  event.preventDefault()
  const boxes = boxesOf(link)
  const checked = !areTicked(boxes)
  for (const box of boxes) box.checked = checked
  name(link)
}

function name(link) {
  link.textContent = areTicked(boxesOf(link)) ? '全不选' : '全选本页'
}

document.addEventListener('click', tick)
document.addEventListener('change', () => all('a[data-ticks]').forEach(name))
