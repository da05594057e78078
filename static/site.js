// Everything works without scripts; these save steps. Written for browsers of 2018 (Chrome 70): no ?. and no ??.
import './outline.js'
import './collected.js'
import './numbers.js'
import './publishing.js'
import './mine.js'
import './forms.js'
import './opening.js'
import './proposals.js'
import './receipts.js'
import './sending.js'
import './endorsements.js'

const summary = document.getElementById('errors')
if (summary) summary.focus()

// A receipt's square opens the look-up with the code after the #, which is never sent in an address.
const code = document.getElementById('code')
if (code && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1))
  history.replaceState(null, '', location.pathname + location.search)
}
