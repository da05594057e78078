import { expect, test } from 'vitest'
import { failingDisk } from './failing-disk.ts'
import { killed } from './killed.ts'
import { powerCut } from './power-cut.ts'
import { NotHere, tried } from './trial.ts'

/** The quick ones of `npm run faults`, each a few times. */
const quick = [
  ...killed.trials.filter(({ isControl }) => !isControl),
  ...failingDisk.trials.filter(({ what }) => what.startsWith('EIO on a sync: ')),
  ...powerCut.trials.filter(({ isControl }) => !isControl),
]

test.for(quick)('$what: nothing is lost, nothing doubled', async (trial, { skip }) => {
  const outcome = await tried(trial, 'quick').catch((error: unknown) => {
    if (error instanceof NotHere) return skip(error.message)
    throw error
  })
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, wrong: [] })
  expect(outcome.acknowledged).toBeGreaterThan(0)
})
