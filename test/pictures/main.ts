import { answering } from './answering.ts'
import { changing } from './changing.ts'
import { citizens } from './citizens.ts'
import { clearQueue, concluding } from './concluding.ts'
import { moderators, retracting } from './moderators.ts'
import { puttingUp } from './putting-up.ts'
import { showDemonstration } from './shown-demonstration.ts'

// `npm run pictures` takes all pictures of README.md and docs/guide/ anew, on the way that the guide describes.
const shown = await showDemonstration()
try {
  await shown.work()
  const code = await citizens(shown)
  await moderators(shown)
  await puttingUp(shown)
  await answering(shown)
  shown.pass(22)
  await clearQueue(shown)
  await changing(shown)
  await concluding(shown, code)
  await retracting(shown)
} finally {
  await shown.close()
}
