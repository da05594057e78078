import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { DatabaseError } from './errors.ts'

/** A statement for a thread; where a `must` returns no row, its whole job is undone. */
export interface Step {
  sql: string
  params: unknown[]
  must: boolean
}

export interface StepResult {
  rows: unknown[][]
  rowCount: number
}

/** What became of a job: the results of its steps, or the place of the `must` that returned no row. */
export type Outcome = { results: StepResult[] } | { refused: number }

/** A thread with a connection of its own. */
export interface Thread {
  /** Runs the steps as one job; what it wrote is durable once this resolves. @throws DatabaseError when nothing was kept */
  run(steps: Step[]): Promise<Outcome>
  /** Waits for the jobs under way. */
  close(): Promise<void>
}

/** What is sent to a thread: steps to run as one, or that no more will come. */
export interface Job {
  id: number
  steps: Step[]
}
export type Message = Job | 'close'

export type Answer = { id: number } & (Outcome | { error: { code: string; message: string } })

interface Waiting {
  resolve(outcome: Outcome): void
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

async function startThread(module: string, file: string, onFatal: (error: Error) => void): Promise<Thread> {
  const worker = new Worker(new URL(module, import.meta.url), { workerData: { file }, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let closing = false
  let dead: Error | null = null

  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      worker.off('error', reject)
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
  worker.on('message', ({ answers }: { answers: Answer[] }) => {
    for (const { id, ...outcome } of answers) {
      const job = waiting.get(id)
      waiting.delete(id)
      if ('error' in outcome) job?.reject(new DatabaseError(outcome.error.code, outcome.error.message))
      else job?.resolve(outcome)
    }
  })
  worker.on('error', die)
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      if (!closing || code !== 0) die(new DatabaseError('THREAD_DIED', `${module} ended with code ${code}`))
      resolve()
    })
  })

  return {
    run(steps) {
      if (dead) return Promise.reject(dead)
      if (closing) return Promise.reject(new DatabaseError('THREAD_CLOSED', 'the database is closed'))
      const id = ++lastId
      return new Promise((resolve, reject) => {
        worker.postMessage({ id, steps } satisfies Job)
        waiting.set(id, { resolve, reject })
      })
    },
    close() {
      closing = true
      if (!dead) worker.postMessage('close')
      return exited
    },
  }
}
