import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What came of one way in which something breaks. */
export interface Outcome {
  /** What citizens hold a receipt for, or staff were told is done. */
  acknowledged: number
  stored: number
  /** Acknowledged, and not there. */
  lost: number
  /** There more than once. */
  doubled: number
  /** The longest time until it served again. */
  seconds?: number
  /** Whatever else is not as it has to be, in sentences. */
  wrong: string[]
}

/** What a trial has to itself; it takes nothing away before the trial is over. */
export interface Ground {
  folder: string
  /** Remembers what has to be undone, the last first, however the trial ends. */
  later(undo: () => unknown): void
}

/** How often it is done: all of it by `npm run faults`, a little by the tests. */
export type Extent = 'full' | 'quick'

export interface Trial {
  what: string
  /** Where true the product was broken for it, and it has to come out wrong: else nothing would be shown by the others. */
  isControl?: boolean
  run(ground: Ground, extent: Extent): Promise<Outcome>
}

export interface Fault {
  name: string
  trials: Trial[]
}

/** Something that the trial needs is not on this machine. */
export class NotHere extends Error {
  override name = 'NotHere'
}

/** In milliseconds; what waits for a portal that is gone ends too. */
const longest = 25 * 60_000

const grounds = new Set<() => Promise<void>>()

/** Does the trial on ground of its own, and leaves nothing of it behind. */
export async function tried(trial: Trial, extent: Extent): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-faults-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // A trial that is broken off goes on to the end of the process, and may write once more.
  process.once('exit', remove)
  const undone: (() => unknown)[] = [remove]
  let isOver = false
  const later = (undo: () => unknown) => {
    if (!isOver) return void undone.push(undo)
    void undo()
    throw new Error('the trial is over')
  }
  const clear = async () => {
    isOver = true
    for (let undo = undone.pop(); undo; undo = undone.pop()) await undo()
  }
  grounds.add(clear)
  try {
    return await Promise.race([
      trial.run({ folder, later }, extent),
      wait(longest, undefined, { ref: false }).then(() => {
        throw new Error('it came to no end')
      }),
    ])
  } finally {
    await clear()
    grounds.delete(clear)
    process.off('exit', remove)
  }
}

/** Puts away whatever is under way, for who is told to stop. */
export async function clearAll(): Promise<void> {
  await Promise.all([...grounds].map((clear) => clear()))
}

export function isSound({ lost, doubled, wrong }: Outcome): boolean {
  return lost === 0 && doubled === 0 && wrong.length === 0
}
