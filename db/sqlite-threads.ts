import { Worker } from 'node:worker_threads'
import { DatabaseError } from './errors.ts'
import { assertSettings, type Pragma, pragmas, preparedStatements } from './sqlite-settings.ts'

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
  run(statements: Step[]): Promise<Outcome>
  /** Waits for the jobs under way. */
  close(): Promise<void>
}

type Answer = { id: number } & (Outcome | { error: { code: string; message: string } })

interface Waiting {
  resolve(outcome: Outcome): void
  reject(error: Error): void
}

/** The bigger the group, the fewer syncs a job; at 512 a group still takes only some tens of milliseconds. */
const largestGroup = 512

/**
 * Starts the thread that does every write to this file.
 * @param onFatal told once if it dies, after every job that waited was rejected
 */
export function startWriter(file: string, onFatal: (error: Error) => void): Promise<Thread> {
  return startThread('./sqlite-writer.mjs', file, onFatal)
}

/** Starts a thread that only reads, for what takes long; `onFatal` as above. */
export function startReader(file: string, onFatal: (error: Error) => void): Promise<Thread> {
  return startThread('./sqlite-reader.mjs', file, onFatal)
}

async function startThread(module: string, file: string, onFatal: (error: Error) => void): Promise<Thread> {
  const worker = new Worker(new URL(module, import.meta.url), {
    workerData: { file, pragmas, largestGroup, preparedStatements },
    execArgv: [],
  })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let closing = false
  let dead: Error | null = null

  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', ({ settings }: { settings: Pragma[] }) => {
      try {
        assertSettings(new Map(settings))
        worker.off('error', reject)
        resolve()
      } catch (error) {
        reject(error)
        void worker.terminate()
      }
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
    run(statements) {
      if (dead) return Promise.reject(dead)
      if (closing) return Promise.reject(new DatabaseError('THREAD_CLOSED', 'the database is closed'))
      const id = ++lastId
      return new Promise((resolve, reject) => {
        worker.postMessage({ id, statements })
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
