import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { UnusableDatabase } from './unusable-database.ts'

export type Engine = 'sqlite' | 'postgres'

/** One step of a database's way to the newest tables, and what it is recorded by. */
export interface MigrationStep {
  name: string
  hash: string
  sql: string
  /** Its name among the files, which is the same on both engines: `0003_public_ids`. */
  tag: string
}

/** A step as a database has recorded it. */
export type AppliedStep = Pick<MigrationStep, 'name' | 'hash'>

/** Which steps a database with these recorded ones still needs. */
export type Pending = (applied: AppliedStep[]) => MigrationStep[]

/** The name under which what runs after every step is recorded. */
const afterEvery = 'triggers-and-search'

/** @param folder holds `migrations/<engine>/` and `triggers-and-search.<engine>.sql` */
export function pendingIn(folder: string, engine: Engine): Pending {
  const migrations = numberedSteps(folder, engine)
  const last = afterEveryMigration(join(folder, `${afterEvery}.${engine}.sql`))

  return (applied) => {
    assertKnown(applied, migrations)
    const missing = migrations.filter(({ hash }) => !applied.some((step) => step.hash === hash))
    const current = missing.length === 0 && applied.some(({ hash }) => hash === last.hash)
    return current ? [] : [...missing, last]
  }
}

/** The tags of the steps that a database has recorded. @throws UnusableDatabase where another version made it */
export function tagsOf(applied: AppliedStep[], engine: Engine): string[] {
  const migrations = numberedSteps(import.meta.dirname, engine)
  assertKnown(applied, migrations)
  const done = migrations.filter(({ hash }) => applied.some((step) => step.hash === hash))
  return done.map(({ tag }) => tag)
}

/** The steps of these tags on an engine, without what runs after all. @throws UnusableDatabase where one is not known */
export function stepsOf(tags: readonly string[], engine: Engine): MigrationStep[] {
  const migrations = numberedSteps(import.meta.dirname, engine)
  if (tags.some((tag) => migrations.every((step) => step.tag !== tag)))
    throw new UnusableDatabase('这个备份由更新的版本建立，请用那个版本的程序恢复')
  return migrations.filter(({ tag }) => tags.includes(tag))
}

function numberedSteps(folder: string, engine: Engine): MigrationStep[] {
  const migrationsFolder = join(folder, 'migrations', engine)
  const journal: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
  )
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis, hash, sql }, place) => ({
    name: String(folderMillis),
    hash,
    sql: sql.join('\n'),
    tag: journal.entries[place]?.tag ?? '',
  }))
}

/** A migration that rebuilds a table drops its triggers; this file makes them anew, so it may run any number of times. */
function afterEveryMigration(file: string): MigrationStep {
  const sql = readFileSync(file, 'utf8')
  return {
    name: afterEvery,
    hash: createHash('sha256').update(sql).digest('hex'),
    sql,
    tag: afterEvery,
  }
}

function assertKnown(applied: AppliedStep[], steps: MigrationStep[]): void {
  const stranger = applied.find(
    ({ name, hash }) => name !== afterEvery && !steps.some((step) => step.hash === hash),
  )
  if (stranger)
    throw new UnusableDatabase('这个数据库由另一版本的门户建立，未作改动；请用那个版本的程序，或换一个数据库')
}
