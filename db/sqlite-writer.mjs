// The one thread that writes. Plain .mjs without imports of ours, since no worker thread on Node 20 runs TypeScript.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'

const { file, pragmas, largestGroup, preparedStatements } = workerData
const db = new Sqlite(file)
for (const [name, value] of pragmas) db.pragma(`${name}=${value}`)
// Without statistics the planner takes seconds for some counts; the mask is the one SQLite advises at opening.
db.pragma('optimize=0x10002')

const begin = db.prepare('BEGIN IMMEDIATE')
const commit = db.prepare('COMMIT')
const rollback = db.prepare('ROLLBACK')
const savepoint = db.prepare('SAVEPOINT job')
const release = db.prepare('RELEASE job')
const undo = db.prepare('ROLLBACK TO job')
const statements = new LRUCache({ max: preparedStatements })

parentPort.postMessage({ settings: pragmas.map(([name]) => [name, db.pragma(name, { simple: true })]) })
parentPort.on('message', (first) => {
  const messages = [first]
  while (messages.length < largestGroup) {
    const next = receiveMessageOnPort(parentPort)
    if (!next) break
    messages.push(next.message)
  }
  const jobs = messages.filter((message) => message !== 'close')
  if (jobs.length > 0) parentPort.postMessage({ answers: commitTogether(jobs) })
  if (jobs.length < messages.length) close()
})

/** One commit, and so one sync to the disk, for all that has queued up; nobody is answered before it. */
function commitTogether(jobs) {
  try {
    begin.run()
    const answers = jobs.map(run)
    commit.run()
    return answers
  } catch (error) {
    if (db.inTransaction) rollback.run()
    return jobs.map((job) => failure(job, error))
  }
}

/** A job undoes only itself, unless its error took the whole transaction along, as a full disk does. */
function run(job) {
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

function execute({ sql, params }) {
  const statement = prepared(sql)
  if (!statement.reader) return { rows: [], rowCount: statement.run(...params).changes }
  const rows = statement.all(...params)
  return { rows, rowCount: rows.length }
}

function prepared(sql) {
  const known = statements.get(sql)
  if (known) return known
  const statement = db.prepare(sql)
  if (statement.reader) statement.raw(true)
  statements.set(sql, statement)
  return statement
}

function failure({ id }, error) {
  return { id, error: { code: error.code ?? 'SQLITE_ERROR', message: error.message } }
}

function close() {
  db.pragma('optimize')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  parentPort.close()
}
