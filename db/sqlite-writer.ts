// The one thread that writes.
import { receiveMessageOnPort } from 'node:worker_threads'
import { type Job, type Overwriting, type Post, unpacking } from './sqlite-posts.ts'
import { connect } from './sqlite-settings.ts'
import { executorOn, failure } from './sqlite-statements.ts'
import { askedOf, type JobReply, type OverwritingReply } from './sqlite-threads.ts'

/** The bigger the group, the fewer syncs a job; at 512 a group still takes only some tens of milliseconds. */
const largestGroup = 512

/** In bytes. */
const largestRewritten = 64 * 1024 * 1024

const { file, port } = askedOf()
const db = connect(file)
// Whatever the log holds is written and synced anew before anything rests on it: see stopWhereUnsynced.
db.pragma('wal_checkpoint')
// Without statistics the planner takes seconds for some counts; the mask is the one SQLite advises at opening.
db.pragma('optimize=0x10002')

const begin = db.prepare('BEGIN IMMEDIATE')
const commit = db.prepare('COMMIT')
const rollback = db.prepare('ROLLBACK')
const savepoint = db.prepare('SAVEPOINT job')
const release = db.prepare('RELEASE job')
const undo = db.prepare('ROLLBACK TO job')
const execute = executorOn(db)
const unpacked = unpacking()

port.postMessage('ready')
port.on('message', (first: Post) => {
  const messages = unpacked(first)
  while (messages.length < largestGroup) {
    const next: { message: Post } | undefined = receiveMessageOnPort(port)
    if (!next) break
    messages.push(...unpacked(next.message))
  }
  const asked = messages.filter((message) => message !== 'close')
  const jobs = asked.filter((message) => 'statements' in message)
  if (jobs.length > 0) port.postMessage({ replies: commitTogether(jobs) })
  const overwritings = asked.filter((message) => 'overwrite' in message)
  if (overwritings.length > 0) port.postMessage({ replies: overwritings.map(overwriteFreed) })
  if (asked.length < messages.length) close()
})

/** One commit, and so one sync to the disk, for all that has queued up; nobody is answered before it. */
function commitTogether(jobs: Job[]): JobReply[] {
  try {
    begin.run()
    const replies = jobs.map(run)
    commit.run()
    return replies
  } catch (error) {
    if (db.inTransaction) rollback.run()
    stopWhereUnsynced(error)
    return jobs.map((job) => failure(job, error))
  }
}

/**
 * A sync that failed is told once: the system may then take for written what is not on the disk, and the next sync goes
 * well. So nothing is acknowledged after it; the next start brings what is in the log to the disk anew.
 */
function stopWhereUnsynced(error: unknown): void {
  if (String(Object(error).code).endsWith('_FSYNC')) throw error
}

/** A job undoes only itself, unless its error took the whole transaction along, as a full disk does. */
function run(job: Job): JobReply {
  savepoint.run()
  try {
    const results = []
    for (const [place, statement] of job.statements.entries()) {
      const result = execute(statement)
      if (statement.must && result.rows.length === 0) {
        undo.run()
        release.run()
        return { id: job.id, refused: place }
      }
      results.push(result)
    }
    release.run()
    return { id: job.id, results }
  } catch (error) {
    if (!db.inTransaction) throw error
    undo.run()
    release.run()
    return failure(job, error)
  }
}

/**
 * Zeros stand where something was deleted, and yet a page that was filled anew beside another keeps bytes of what moved
 * there in its free room. So the file is written anew where that takes about a second. Cutting off the log does not wait
 * for those who read: everybody who writes would wait with it.
 */
function overwriteFreed({ id }: Overwriting): OverwritingReply {
  try {
    if (fileSize() <= largestRewritten) db.exec('VACUUM')
    return { id, overwritten: truncateLog() }
  } catch (error) {
    stopWhereUnsynced(error)
    return failure({ id }, error)
  }
}

function truncateLog(): boolean {
  const timeout = db.pragma('busy_timeout', { simple: true })
  db.pragma('busy_timeout=0')
  try {
    return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
  } finally {
    db.pragma(`busy_timeout=${timeout}`)
  }
}

function fileSize(): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
}

function close() {
  db.pragma('optimize')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  port.close()
}
