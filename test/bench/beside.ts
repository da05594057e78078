import { Agent, get } from 'node:http'
import { setTimeout } from 'node:timers/promises'

const pause = 20
/** Whoever has waited so long has been given nothing. */
const patience = 20_000

/** Milliseconds; `lost` is how many got no answer. */
export interface Waits {
  p50: number
  p99: number
  longest: number
  lost: number
}

/** How long GETs take, one after another, on one connection that is kept or each on a new one. */
export async function waitsOf(url: string, connection: 'kept' | 'new', seconds: number): Promise<Waits> {
  const agent = connection === 'kept' ? new Agent({ keepAlive: true, maxSockets: 1 }) : false
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  while (performance.now() < until) {
    times.push(await waitOf(url, agent))
    await setTimeout(pause)
  }
  if (agent) agent.destroy()
  return waitsIn(times)
}

/** How long so many GETs take that all come at once, each on a connection of its own. */
export async function crowdOf(url: string, many: number): Promise<Waits> {
  return waitsIn(await Promise.all(Array.from({ length: many }, () => waitOf(url, false))))
}

/** Milliseconds until the whole answer is there; infinite where none comes. */
function waitOf(url: string, agent: Agent | false): Promise<number> {
  const began = performance.now()
  return new Promise((resolve) => {
    const lost = () => resolve(Number.POSITIVE_INFINITY)
    const asking = get(url, { agent, headers: { 'accept-encoding': 'br' } }, (answer) => {
      answer
        .on('end', () => resolve(performance.now() - began))
        .on('error', lost)
        .resume()
    })
    asking.on('error', lost).setTimeout(patience, () => asking.destroy())
  })
}

function waitsIn(times: number[]): Waits {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0
  const lost = sorted.filter((time) => !Number.isFinite(time)).length
  return { p50: at(0.5), p99: at(0.99), longest: at(1), lost }
}
