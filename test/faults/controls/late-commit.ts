import { isMainThread } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

// A portal that acknowledges before the commit: what was written is committed a second later.
const late = 1_000

const { prepare } = Sqlite.prototype
type Statement = ReturnType<typeof prepare>
/** What the writing thread asks of these statements is to run. */
const running = (run: () => void) => ({ run }) as unknown as Statement

if (!isMainThread) {
  Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
    const statement: Statement = prepare.call(this, sql)
    if (sql === 'BEGIN IMMEDIATE')
      return running(() => {
        if (!this.inTransaction) statement.run([])
      })
    if (sql !== 'COMMIT') return statement
    const commit = () => {
      if (!this.inTransaction) return
      try {
        statement.run([])
      } catch {
        this.exec('ROLLBACK')
      }
    }
    return running(() => void setTimeout(commit, late))
  } as typeof prepare
}
