// The thread of slow reads. Plain .mjs without imports of ours, since no worker thread on Node 20 runs TypeScript.
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'

const { file, pragmas, preparedStatements } = workerData
const db = new Sqlite(file, { readonly: true })
for (const [name, value] of pragmas) db.pragma(`${name}=${value}`)
const prepared = new LRUCache({ max: preparedStatements })

parentPort.postMessage({ settings: pragmas.map(([name]) => [name, db.pragma(name, { simple: true })]) })
parentPort.on('message', (job) => {
  if (job === 'close') close()
  else parentPort.postMessage({ answers: [run(job)] })
})

function run({ id, statements }) {
  try {
    return { id, results: statements.map(execute) }
  } catch (error) {
    return { id, error: { code: error.code ?? 'SQLITE_ERROR', message: error.message } }
  }
}

function execute({ sql, params }) {
  const statement = prepared.get(sql) ?? db.prepare(sql).raw(true)
  prepared.set(sql, statement)
  const rows = statement.all(...params)
  return { rows, rowCount: rows.length }
}

function close() {
  db.close()
  parentPort.close()
}
