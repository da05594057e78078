import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:https'
import { type Front, siteName } from './nginx.ts'

/** Each has an address of its own, so that they stay within the limits of nginx and of the portal. */
const visitors = 48
/** One request of so many sends a comment. */
const sends = 200

export interface Visited {
  count(): number
  ended: Promise<{ answered: Record<number, number>; acknowledged: number; cut: string[] }>
}

const consultation = '/consultations/shanxi-laoqu'
/** With a number behind it an address is another one to nginx, and comes from a node. */
const pages = ['/', consultation, `${consultation}/comments`, `${consultation}/clauses/p7`, '/staff/sign-in']

/** Citizens who read and send until `over`; what is answered with a 5xx, or not at all, was cut off. */
export function visit(front: Front, over: AbortSignal): Visited {
  const answered: Record<number, number> = {}
  const cut: string[] = []
  let count = 0
  let acknowledged = 0

  const one = async (visitor: number): Promise<void> => {
    const localAddress = `127.0.1.${visitor + 1}`
    const agent = new Agent({
      keepAlive: true,
      maxSockets: 1,
      localAddress,
      servername: siteName,
      ca: front.certificate,
    })
    while (!over.aborted) {
      count += 1
      const isSent = count % sends === 0
      const path = isSent ? `${consultation}/submissions` : `${pages[count % pages.length]}?n=${count}`
      try {
        const status = await ask(agent, front.httpsPort, path, isSent)
        answered[status] = (answered[status] ?? 0) + 1
        if (status === 201) acknowledged += 1
        if (status >= 500) cut.push(`${new Date().toISOString()} ${path}: ${status}`)
      } catch (error) {
        cut.push(`${new Date().toISOString()} ${path}: ${String(error)}`)
      }
    }
    agent.destroy()
  }
  const all = Promise.all(Array.from({ length: visitors }, (_, visitor) => one(visitor)))
  return { count: () => count, ended: all.then(() => ({ answered, acknowledged, cut })) }
}

function ask(agent: Agent, port: number, path: string, isSent: boolean): Promise<number> {
  const headers = { host: siteName, accept: isSent ? 'application/json' : 'text/html' }
  const options = { agent, host: '127.0.0.1', port, path, method: isSent ? 'POST' : 'GET' }
  return new Promise((resolve, reject) => {
    const json = isSent ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}
    const sent = request({ ...options, headers: { ...headers, ...json } }, (answer) => {
      answer.once('end', () => resolve(answer.statusCode ?? 0)).once('error', reject)
      answer.resume()
    })
    sent.once('error', reject)
    const comment = { clause: 'p7', stance: 'amend', body: '建议把办理时限和责任单位写明确。' }
    sent.end(isSent ? JSON.stringify({ comments: [comment] }) : undefined)
  })
}
