import { all, one } from './dom.js'

/*
 * A point is dragged with the mouse into a concern: what is dropped is ticked, the concern chosen, and the button pressed that
 * does the same without a mouse. Where one of several that are ticked is dragged, all of them go along.
 */
const box = 'input[type=checkbox][name=point], input[type=checkbox][name=comment]'

/** The line of a form in which the concern is chosen and the points are put into it. */
const lineOf = (point) => one('[data-drops]', point.closest('form'))

function giveHandles() {
  for (const point of all('.listed-point')) {
    if (one('.drag-handle', point) || !one(box, point) || !lineOf(point)) continue
    const handle = document.createElement('span')
    handle.className = 'drag-handle'
    handle.draggable = true
    handle.title = '拖到另一条归并意见'
    handle.setAttribute('aria-hidden', 'true')
    handle.textContent = '⠿'
    one('.comment-facts', point).prepend(handle)
  }
}

let places = null

function begin(event) {
  const handle = event.target.closest?.('.drag-handle')
  if (!handle) return
  const point = handle.closest('.listed-point')
  const boxes = all(box, point.closest('form'))
  const own = one(box, point)
  if (!own.checked) for (const other of boxes) other.checked = other === own
  const count = boxes.filter(({ checked }) => checked).length
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData('text/plain', own.value)
  event.dataTransfer.setDragImage(point, 0, 0)
  // Changed at once, the page under the mouse would end the drag in some browsers.
  setTimeout(() => showPlaces(lineOf(point), count))
}

function showPlaces(line, count) {
  places = document.createElement('div')
  places.className = 'drop-places'
  const title = document.createElement('p')
  title.textContent = count > 1 ? `把勾选的 ${count} 条放到：` : '放到：'
  const list = document.createElement('ul')
  for (const { value, text } of one('select', line).options) {
    const place = document.createElement('li')
    place.textContent = text
    place.addEventListener('dragover', over)
    place.addEventListener('dragleave', () => place.classList.remove('over'))
    place.addEventListener('drop', (event) => {
      event.preventDefault()
      one('select', line).value = value
      one('button', line).click()
    })
    list.append(place)
  }
  places.append(title, list)
  document.body.append(places)
}

function over(event) {
  event.preventDefault()
  event.dataTransfer.dropEffect = 'move'
  event.currentTarget.classList.add('over')
}

function end() {
  places?.remove()
  places = null
}

giveHandles()
document.addEventListener('htmx:afterSwap', giveHandles)
document.addEventListener('dragstart', begin)
document.addEventListener('dragend', end)
