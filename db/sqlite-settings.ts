import Sqlite from 'better-sqlite3'

type Pragma = [name: string, value: string | number]

/** Older versions can lose the log of a checkpoint that races a writer (https://sqlite.org/wal.html, “WAL-reset bug”). */
const oldestVersion = [3, 51, 3]

/**
 * What every connection is set to, each time. `synchronous` must be said again at each opening: better-sqlite3 falls
 * back to NORMAL on a file that is in WAL mode already, and NORMAL can lose an acknowledged commit.
 */
export const pragmas: Pragma[] = [
  ['busy_timeout', 5000],
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  ['secure_delete', 1],
]

/**
 * Opens a connection with every setting made and checked.
 * @param migrating leaves foreign keys unenforced, so that a table can be rebuilt without deleting what refers to it
 * @throws Error where SQLite is too old or a setting did not take
 */
export function connect(
  file: string,
  { migrating = false, ...options }: Sqlite.Options & { migrating?: boolean } = {},
): Sqlite.Database {
  const db = new Sqlite(file, options)
  assertVersion(String(db.prepare('SELECT sqlite_version()').pluck().get()))
  for (const [name, value] of pragmas) db.pragma(`${name}=${value}`)
  assertSettings(new Map(pragmas.map(([name]) => [name, db.pragma(name, { simple: true })])))
  if (migrating) db.pragma('foreign_keys=0')
  return db
}

/** @throws Error naming the version that is needed */
export function assertVersion(version: string): void {
  const numbers = version.split('.').map(Number)
  const newer = numbers
    .map((number, i) => number - (oldestVersion[i] ?? 0))
    .find((difference) => difference !== 0)
  if ((newer ?? 0) < 0) throw new Error(`SQLite ${version} is too old: ${oldestVersion.join('.')} is needed`)
}

/** @throws Error naming the setting that did not take */
export function assertSettings(actual: Map<string, unknown>): void {
  for (const [name, value] of pragmas) {
    if (actual.get(name) !== value)
      throw new Error(`SQLite left ${name} at ${actual.get(name)} instead of ${value}`)
  }
}
