import { one } from './dom.js'

// 附议 is one tap: with a key of its own the same tap, sent twice, is one endorsement.
document.addEventListener('submit', ({ target }) => {
  const field = one('[data-key]', target)
  if (field && !field.value) field.value = randomKey()
})

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
