import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { seedSlug } from '../../server/seed.ts'
import type { Ground } from './trial.ts'

/** What somebody holds who sent something. */
export interface Receipt {
  number: string
  code: string
}

/** One attempt to send, and what was answered; times in milliseconds. */
export interface Attempt {
  key: string
  status: number
  asked: number
  answered: number
}

export interface Sending {
  /** Where to send now; waits where nobody listens. */
  to(writer: number): string | Promise<string>
  /** How long an answer is waited for, in milliseconds. */
  patience?: number
  /** Told of every attempt. */
  told?(attempt: Attempt): void
  /** Of who asks again under another key: each attempt is a submission of its own. */
  forgetsKey?: boolean
}

/** Under the key of each: who got a receipt. */
export type Receipts = Map<string, Receipt & { at: number }>

/** Citizens at work. */
export interface Writers {
  receipts: Receipts
  /** Begins nothing more. @returns once everybody has the receipt of what was under way */
  settle(): Promise<void>
  /** Goes away, with or without a receipt. */
  leave(): Promise<void>
}

/** Milliseconds of the wall's clock: not before, and not after this moment. */
export const wallTime = () => Date.now()
export const wallTimeOver = () => Date.now() + 1

/** So many citizens who each send one thing after the other, each of them until there is a receipt for it. */
export function startWriters(ground: Ground, count: number, sending: Sending): Writers {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const receipts: Receipts = new Map()
  let isSettling = false
  const gone = new AbortController()
  ground.later(() => gone.abort())

  const write = async (writer: number): Promise<void> => {
    while (!isSettling && !gone.signal.aborted) {
      const key = anyKey()
      const words = `请把办理时限写明确（${key}）`
      for (let again = false; !gone.signal.aborted; again = true) {
        const asked = wallTime()
        const sentAs = again && sending.forgetsKey ? anyKey() : key
        const address = await sending.to(writer)
        const { status, receipt } = await send(agent, address, sentAs, words, sending.patience)
        const answered = wallTimeOver()
        sending.told?.({ key, status, asked, answered })
        if (receipt) receipts.set(key, { ...receipt, at: answered })
        if (receipt || status === 403) break
        await wait(20)
      }
    }
  }
  const all = Promise.all(Array.from({ length: count }, (_, writer) => write(writer)))
  const over = async () => {
    await all
    agent.destroy()
  }
  return {
    receipts,
    settle: () => {
      isSettling = true
      return over()
    },
    leave: () => {
      gone.abort()
      agent.destroy()
      return over()
    },
  }
}

/** A key without digits: among them a telephone number may be found, and hidden from whoever reads. */
const anyKey = () => randomUUID().replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')

interface Answer {
  /** 0 where there was none. */
  status: number
  receipt: Receipt | null
}

/** Sends one comment. @param key names the attempt, so that it is stored once however often it comes */
export function send(
  agent: Agent,
  address: string,
  key: string,
  words: string,
  patience = 30_000,
): Promise<Answer> {
  const comments = [{ clause: 'p3', stance: 'support', body: words }]
  const body = JSON.stringify({ identity: 'individual', name: '李某某', contact: '13800138000', comments })
  const headers = { 'content-type': 'application/json', 'idempotency-key': key }
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: 0, receipt: null })
    const asking = request(
      `${address}/consultations/${seedSlug}/submissions`,
      { agent, method: 'POST', headers, timeout: patience },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        answer.on('error', nothing).on('end', () => {
          const status = answer.statusCode ?? 0
          resolve({ status, receipt: status === 201 ? JSON.parse(text).receipt : null })
        })
      },
    )
    asking.on('timeout', () => asking.destroy())
    asking.on('error', nothing).end(body)
  })
}
