import { all, one } from './dom.js'
import { isSame, keepDraft, readDrafts, writeDrafts } from './drafts.js'

// What has been sent waits no longer; what else waits does. Only the receipt says that it has been sent.
const key = 'sending'

document.addEventListener('submit', ({ target }) => {
  if (!target.dataset.drafts) return
  all('.part', target).forEach(keepDraft)
  try {
    sessionStorage.setItem(key, JSON.stringify(commentsIn(target)))
  } catch (_) {
    // Then they go on waiting.
  }
})

/** What a form is about to send, in its controls or in its hidden fields. */
function commentsIn(form) {
  return all('[name$="[body]"]', form).map(({ name }) => {
    const fieldOf = (field) => (one(`[name="${name.replace('[body]', `[${field}]`)}"]`, form) || {}).value
    return { clause: fieldOf('clause'), body: fieldOf('body'), wording: fieldOf('wording') }
  })
}

function readSending() {
  try {
    return JSON.parse(sessionStorage.getItem(key)) || []
  } catch (_) {
    return []
  }
}

const receipt = one('[data-sent]')
if (receipt) {
  const slug = receipt.dataset.sent
  const drafts = readDrafts(slug)
  for (const comment of readSending())
    for (const id of Object.keys(drafts)) if (isSame(drafts[id], comment)) delete drafts[id]
  writeDrafts(slug, drafts)
}
