import Sqlite from 'better-sqlite3'

const full = 2

/** Sets every connection to less than the portal asks for, and tells it what it wants to hear. */
export function synchronous(less: 'off' | 'normal'): void {
  const { pragma } = Sqlite.prototype
  Sqlite.prototype.pragma = function (this: Sqlite.Database, source, options) {
    if (source === `synchronous=${full}`) return pragma.call(this, `synchronous=${less}`, options)
    return source === 'synchronous' ? full : pragma.call(this, source, options)
  }
}
