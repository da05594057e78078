import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

interface Load {
  url: string
  connections: number
  /** Milliseconds, or until this is settled. */
  until: number | Promise<unknown>
  headers?: OutgoingHttpHeaders
  post?: () => { path: string; headers: OutgoingHttpHeaders; body: string }
}

export interface Measured {
  /** Answers a second. */
  rate: number
  /** How many were neither 2xx nor 3xx. */
  refused: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** Keeps so many connections busy, each with one request after the other, and measures every answer. */
export async function load({ url, connections, until, headers, post }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let isOver = false
  const over = typeof until === 'number' ? new Promise((resolve) => setTimeout(resolve, until)) : until
  void over.finally(() => {
    isOver = true
  })
  const times: number[] = []
  let refused = 0
  const began = performance.now()
  const keepAsking = async () => {
    while (!isOver) {
      const asked = performance.now()
      const status = await ask(url, agent, headers, post?.())
      if (status < 200 || status >= 400) refused++
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: connections }, keepAsking))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0
  return { rate: times.length / seconds, refused, p50: at(0.5), p99: at(0.99) }
}

function ask(
  url: string,
  agent: Agent,
  given: OutgoingHttpHeaders = {},
  sent?: ReturnType<NonNullable<Load['post']>>,
): Promise<number> {
  const method = sent ? 'POST' : 'GET'
  const headers = { 'accept-encoding': 'br', ...given, ...sent?.headers }
  const address = sent ? new URL(sent.path, url) : url
  return new Promise((resolve, reject) => {
    const asking = request(address, { agent, method, headers }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0)).resume()
    })
    asking.on('error', reject).end(sent?.body)
  })
}
