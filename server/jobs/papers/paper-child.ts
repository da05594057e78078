import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { Job } from '../../../db/queries/papers/jobs.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { PaperOrder } from './paper-order.ts'

/** Starts the process that makes a paper into `file`; it tells its news by messages, and ends with 0 when it is whole. */
export function startPaper({ config, now }: Dependencies, job: Job, file: string): ChildProcess {
  const { databaseUrl, dataDir, secretKey, otherKeys } = config
  const child = fork(join(import.meta.dirname, 'paper-process.ts'), {
    execArgv: ['--import', new URL('../../preload.js', import.meta.url).href],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })
  giveWay(child)
  const { id, consultationId, kind, format, scope, header, filters, origin } = job
  const order: PaperOrder = {
    config: { databaseUrl, dataDir },
    secretKeys: [secretKey, ...otherKeys()].map((key) => key.toString('base64')),
    job: { id, consultationId, kind, format, scope, header, filters, origin },
    now: now().toISOString(),
    file,
  }
  child.send(order)
  return child
}

/**
 * Puts the process behind the one that serves in the queue for the processor: at once, since on Linux each thread has a
 * priority of its own, which it takes over from the one that starts it.
 */
function giveWay({ pid }: ChildProcess): void {
  if (pid) setPriority(pid, constants.priority.PRIORITY_LOW)
}
