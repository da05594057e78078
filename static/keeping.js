// What stays in the browser: on the device, or in this tab alone. Either may be refused, or full: what could not be kept says so.
const device = () => localStorage
const tab = () => sessionStorage
let isSharedHere = false

function attempt(act, otherwise) {
  try {
    return act()
  } catch (_) {
    return otherwise
  }
}

function write(store, key, text) {
  return attempt(() => {
    store().setItem(key, text)
    return store().getItem(key) === text
  }, false)
}

/** Whether nothing may stay here, since others use this computer too. */
export const isShared = () => isSharedHere || readInTab('shared') === 'yes'

export function share(isIt) {
  isSharedHere = isIt
  if (isIt) attempt(() => tab().setItem('shared', 'yes'))
  else attempt(() => tab().removeItem('shared'))
}

/** Whether the device keeps what is typed now: tried, since a full store refuses only what is written. */
export function canKeep() {
  const isKept = !isShared() && write(device, 'try', '试'.repeat(200))
  forget('try')
  return isKept
}

/** @returns whether it is kept */
export const keep = (key, text) => !isShared() && write(device, key, text)
export const read = (key) => attempt(() => device().getItem(key), null)
export const forget = (key) => attempt(() => device().removeItem(key))
export const keysFrom = (head) =>
  attempt(() => Object.keys(device()).filter((key) => key.indexOf(head) === 0), [])

/** The same for this tab: another never sees it. @returns whether it is kept */
export const keepInTab = (key, text) => !isShared() && write(tab, key, text)
export const readInTab = (key) => attempt(() => tab().getItem(key), null)
export const forgetInTab = (key) => attempt(() => tab().removeItem(key))

/** What a text of the store says; `otherwise` where it is none of ours. */
export function parsed(text, otherwise) {
  const value = attempt(() => JSON.parse(text), null)
  return value && typeof value === 'object' ? value : otherwise
}
