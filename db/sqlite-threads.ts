import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { DatabaseError } from './database-error.ts'
import { type Message, posting, type SentStatement } from './sqlite-posts.ts'

export interface StatementResult {
  rows: unknown[][]
  rowCount: number
}

/** What became of a job: the results of its statements, or the place of the `must` that returned no row. */
type JobResult = { results: StatementResult[] } | { refused: number }

/** A thread with a connection of its own. */
export interface Thread {
  /** Runs the statements as one job; what it wrote is durable once this resolves. @throws DatabaseError when nothing was kept */
  run(statements: SentStatement[]): Promise<JobResult>
  /** Overwrites what was deleted, in the file and its log. @returns false where somebody still reads from the log */
  overwriteFreed(): Promise<boolean>
  /** Waits for the jobs under way. */
  close(): Promise<void>
}

interface Failure {
  error: { code: string; message: string }
}
export type JobReply = { id: number } & (JobResult | Failure)
export type OverwritingReply = { id: number } & ({ overwritten: boolean } | Failure)

interface Waiting {
  resolve(answer: JobResult | { overwritten: boolean }): void
  reject(error: Error): void
}

/**
 * Starts the thread that does every write to this file.
 * @param onFatal told once if it dies, after every job that waited was rejected
 */
export function startWriter(file: string, onFatal: (error: Error) => void): Promise<Thread> {
  return startThread('./sqlite-writer.ts', file, onFatal)
}

/** Starts a thread that only reads, for what takes long; `onFatal` as above. */
export function startReader(file: string, onFatal: (error: Error) => void): Promise<Thread> {
  return startThread('./sqlite-reader.ts', file, onFatal)
}

/** In a thread: the file that it is for, and the way back to whoever started it. */
export function askedOf(): { file: string; port: MessagePort } {
  if (!parentPort) throw new Error('started by startWriter or startReader only')
  return { file: (workerData as { file: string }).file, port: parentPort }
}

/**
 * What was committed together is answered by and by: each answer makes a page and takes in the next request, and whoever
 * only reads waits for the turn of the loop to end.
 */
const answeredInATurn = 32

async function startThread(module: string, file: string, onFatal: (error: Error) => void): Promise<Thread> {
  const worker = new Worker(new URL(module, import.meta.url), { workerData: { file }, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  const post = posting(worker)
  let lastId = 0
  let closing = false
  let dead: Error | null = null

  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) => reject(fromThread(error))
    worker.once('error', refuse)
    worker.once('message', () => {
      worker.off('error', refuse)
      resolve()
    })
  })

  const die = (error: Error) => {
    if (dead) return
    dead = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    onFatal(error)
  }
  const answer = ({ id, ...result }: JobReply | OverwritingReply) => {
    const job = waiting.get(id)
    waiting.delete(id)
    if ('error' in result) job?.reject(new DatabaseError(result.error.code, result.error.message))
    else job?.resolve(result)
  }
  const answers: (JobReply | OverwritingReply)[] = []
  const answerSome = () => {
    for (const reply of answers.splice(0, answeredInATurn)) answer(reply)
    if (answers.length > 0) setImmediate(answerSome)
  }
  worker.on('message', ({ replies }: { replies: (JobReply | OverwritingReply)[] }) => {
    if (answers.length === 0) setImmediate(answerSome)
    answers.push(...replies)
  })
  worker.on('error', (error) => die(fromThread(error)))
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      if (!closing || code !== 0) die(new DatabaseError('THREAD_DIED', `${module} ended with code ${code}`))
      resolve()
    })
  })

  const ask = (message: (id: number) => Message) => {
    if (dead) return Promise.reject(dead)
    if (closing) return Promise.reject(new DatabaseError('THREAD_CLOSED', 'the database is closed'))
    const id = ++lastId
    return new Promise<JobResult | { overwritten: boolean }>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      post(message(id))
    })
  }

  return {
    run: (statements) => ask((id) => ({ id, statements })) as Promise<JobResult>,
    async overwriteFreed() {
      const answer = await ask((id) => ({ id, overwrite: true }))
      return 'overwritten' in answer && answer.overwritten
    },
    close() {
      closing = true
      if (!dead) post('close')
      return exited
    },
  }
}

/** What SQLite said in a thread: an error of its own crosses as one that says no more of what it was. */
function fromThread(error: Error & { code?: string }): Error {
  return error.code?.startsWith('SQLITE_') ? new DatabaseError(error.code, error.message) : error
}
