import { type Load, type Rate, rateOf } from './wrk.ts'

const seconds = 2

export interface Ratio extends Rate {
  /** How many times the rate of `hello`, measured right before and after: a shared machine's speed drifts within minutes. */
  ratio: number
  hello: number
}

/** Measures a load as a ratio to a bare `hello`. @param likewise what the requests to `hello` have in common with it */
export async function besideHello(
  hello: string,
  asked: Load,
  likewise: Pick<Load, 'headers'> = {},
): Promise<Ratio> {
  const bare = () => rateOf({ url: `${hello}/`, connections: 50, seconds, ...likewise })
  const before = await bare()
  const measured = await rateOf(asked)
  const mean = (before.rate + (await bare()).rate) / 2
  return { ...measured, hello: mean, ratio: measured.rate / mean }
}

/** The one in the middle by its ratio, of several. */
export function middle(measured: readonly Ratio[]): Ratio {
  const sorted = measured.toSorted((a, b) => a.ratio - b.ratio)
  const found = sorted[sorted.length >> 1]
  if (!found) throw new Error('nothing was measured')
  return found
}
