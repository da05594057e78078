import type { Worker } from 'node:worker_threads'

/** A statement for a thread; where a `must` returns no row, its whole job is undone. */
export interface SentStatement {
  sql: string
  params: unknown[]
  must: boolean
}

/** What is sent to a thread: statements to run as one, or that no more will come. */
export interface Job {
  id: number
  statements: SentStatement[]
}
/** To overwrite what was deleted, which no transaction can do. */
export interface Overwriting {
  id: number
  overwrite: true
}
export type Message = Job | Overwriting | 'close'

/** What goes over at once. A text of SQL goes over once, and is a number from then on: it is longer than what it stores. */
export interface Post {
  texts: string[]
  messages: (Overwriting | 'close' | { id: number; statements: Shortened[] })[]
}
type Shortened = Omit<SentStatement, 'sql'> & { sql: number | string }

/** In the thread: the messages of a post, whole again. */
export function unpacking(): (post: Post) => Message[] {
  const known: string[] = []
  const whole = ({ sql, ...rest }: Shortened): SentStatement => ({
    ...rest,
    sql: typeof sql === 'number' ? (known[sql] ?? '') : sql,
  })
  return ({ texts, messages }) => {
    known.push(...texts)
    return messages.map((message) =>
      typeof message === 'object' && 'statements' in message
        ? { id: message.id, statements: message.statements.map(whole) }
        : message,
    )
  }
}

const mostTexts = 500

/** Posts all that is asked within one turn of the loop together: each post wakes the thread, and costs as much as a statement. */
export function posting(worker: Worker): (message: Message) => void {
  const numbers = new Map<string, number>()
  let post: Post = { texts: [], messages: [] }
  const shortened = ({ sql, ...rest }: SentStatement): Shortened => {
    const known = numbers.get(sql)
    if (known !== undefined) return { ...rest, sql: known }
    if (numbers.size >= mostTexts) return { ...rest, sql }
    const number = numbers.size
    numbers.set(sql, number)
    post.texts.push(sql)
    return { ...rest, sql: number }
  }
  const send = () => {
    worker.postMessage(post)
    post = { texts: [], messages: [] }
  }
  return (message) => {
    if (post.messages.length === 0) setImmediate(send)
    post.messages.push(
      typeof message === 'object' && 'statements' in message
        ? { id: message.id, statements: message.statements.map(shortened) }
        : message,
    )
  }
}
