// Everything works without scripts; these save steps. Written for browsers of 2018.
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
