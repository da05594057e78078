import { setImmediate as immediately } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/**
 * Makes what takes long one after the other, and lets everybody else be answered between two: a form of sixty parts that
 * comes back takes as long to write as some hundred pages that are kept.
 */
export function inTurn<Made>(make: () => PromiseLike<Made>): Promise<Made> {
  const made = last.then(() => immediately()).then(make)
  last = made.catch(() => {})
  return made
}
