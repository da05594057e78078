import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

interface Load {
  url: string
  connections: number
  /** Milliseconds, or until this is settled. */
  until: number | Promise<unknown>
  status: number
  post?: () => { headers: OutgoingHttpHeaders; body: string }
}

export interface Measured {
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/**
 * Keeps so many connections busy, each with one request after the other, and measures every answer.
 * @throws Error at the first answer of another status
 */
export async function load({ url, connections, until, status, post }: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let isOver = false
  const over = typeof until === 'number' ? new Promise((resolve) => setTimeout(resolve, until)) : until
  void over.finally(() => {
    isOver = true
  })
  const times: number[] = []
  const began = performance.now()
  const keepAsking = async () => {
    while (!isOver) {
      const asked = performance.now()
      const answered = await ask(url, agent, post?.())
      if (answered !== status) throw new Error(`${url} answered ${answered}`)
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: connections }, keepAsking))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(times.length * part)] ?? 0
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99) }
}

function ask(url: string, agent: Agent, sent?: ReturnType<NonNullable<Load['post']>>): Promise<number> {
  const method = sent ? 'POST' : 'GET'
  const headers = { 'accept-encoding': 'br', ...sent?.headers }
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, method, headers }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode ?? 0)).resume()
    })
    asking.on('error', reject).end(sent?.body)
  })
}
