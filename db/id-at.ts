import { v7 as uuid } from 'uuid'

let sequence = 0

/**
 * A UUIDv7 whose time is `now`, after every id that this process made before for the same moment
 * (RFC 9562, 5.7 and 6.2), so that ids stand in the order of the portal's own clock.
 */
export function idAt(now: Date): string {
  sequence = (sequence + 1) % 2 ** 32
  return uuid({ msecs: now.getTime(), seq: sequence })
}
