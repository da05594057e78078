import { execFileSync, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { load } from './load.ts'
import { type Requests, sentBy, written } from './requests.ts'

export interface Load {
  url: string
  connections: number
  seconds: number
  headers?: Readonly<Record<string, string>>
  /** What is posted, one after another; none: GETs of the address. */
  posts?: Requests
}

export interface Rate {
  /** Answers a second. */
  rate: number
  /** How many were neither 2xx nor 3xx, or did not come. */
  refused: number
}

/** Whether wrk is installed. */
export const hasWrk = isInstalled()

function isInstalled(): boolean {
  try {
    execFileSync('wrk', ['-v'], { stdio: 'ignore' })
    return true
  } catch (error) {
    // It says its version and ends with 1.
    return Object(error).code !== 'ENOENT'
  }
}

/**
 * How many answers a second an address gives to so many connections, each of which asks again as soon as it is answered. By
 * wrk; without it by a generator in JavaScript, which is slower than what it measures.
 */
export async function rateOf(asked: Load): Promise<Rate> {
  if (!hasWrk) return rateInJavaScript(asked)
  const { url, connections, seconds, headers = {}, posts } = asked
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const script = posts ? ['-s', written(posts)] : []
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', ...given, ...script, url]
  const wrk = spawn('wrk', words, { stdio: ['ignore', 'pipe', 'inherit'] })
  return rateIn(await text(wrk.stdout))
}

/** What wrk says at its end. @throws Error where it says no rate */
export function rateIn(said: string): Rate {
  const numberAfter = (expression: RegExp) => Number(expression.exec(said)?.[1] ?? 0)
  const rate = numberAfter(/Requests\/sec:\s+([\d.]+)/)
  if (!(rate > 0)) throw new Error(`wrk measured nothing:\n${said}`)
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(said)
  const lost = (errors?.slice(1) ?? []).reduce((sum, count) => sum + Number(count), 0)
  return { rate, refused: numberAfter(/Non-2xx or 3xx responses: (\d+)/) + lost }
}

async function rateInJavaScript({ url, connections, seconds, headers, posts }: Load): Promise<Rate> {
  const post = posts && sentBy(posts)
  const { rate, refused } = await load({ url, connections, until: seconds * 1000, headers, post })
  return { rate, refused }
}
