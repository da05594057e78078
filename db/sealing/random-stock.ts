import { randomFillSync } from 'node:crypto'

const stockBytes = 4096

const stock = Buffer.alloc(stockBytes)
let taken = stockBytes

/**
 * Random bytes for what is stored by the hundreds in a second. Each call of the system's costs as much as sealing a
 * name does, so they are got in stock; what was handed out is wiped from it, and never handed out again.
 * @param bytes at most 4,096
 */
export function randomFromStock(bytes: number): Buffer {
  if (bytes > stockBytes) throw new Error('more than the stock holds')
  if (taken + bytes > stockBytes) {
    randomFillSync(stock)
    taken = 0
  }
  const handed = Buffer.from(stock.subarray(taken, taken + bytes))
  stock.fill(0, taken, taken + bytes)
  taken += bytes
  return handed
}
