import { v7 as uuid } from 'uuid'
import { randomFromStock } from './sealing/random-stock.ts'

let sequence = 0

/**
 * A UUIDv7 whose time is `now`, after every id that this process made before for the same moment
 * (RFC 9562, 5.7 and 6.2), so that ids stand in the order of the portal's own clock.
 */
export function idAt(now: Date): string {
  sequence = (sequence + 1) % 2 ** 32
  return uuid({ msecs: now.getTime(), seq: sequence, random: randomFromStock(16) })
}

/** The lowest id that a moment can have: every id of what came before it is lower. */
export function lowestIdAt(moment: Date): string {
  const milliseconds = moment.getTime().toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`
}
