import { chmodSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { earlierCopy } from './earlier-copies.ts'
import type { AppliedStep, MigrationStep, Pending } from './migration-steps.ts'
import { connect } from './sqlite-settings.ts'

/** Applies what is pending to one file, after copying the file where it holds anything. */
export function migrateSqlite(file: string, pending: Pending): void {
  const db = connect(file, { migrating: true })
  try {
    if (pending(appliedSteps(db)).length === 0) return
    if (hasTables(db)) backUp(db, file)
    db.transaction(() => {
      for (const step of pending(appliedSteps(db))) applyStep(db, step)
      assertReferences(db)
    }).immediate()
  } finally {
    db.close()
  }
}

/** The steps that the database has recorded, none where it has no tables. */
export function appliedSteps(db: Sqlite.Database): AppliedStep[] {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'applied_migrations'").get()
  return known ? db.prepare<[], AppliedStep>('SELECT name, hash FROM applied_migrations').all() : []
}

function hasTables(db: Sqlite.Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
}

function backUp(db: Sqlite.Database, file: string): void {
  const copy = earlierCopy(file, new Date())
  db.prepare('VACUUM INTO ?').run(copy)
  chmodSync(copy, 0o600)
}

/** Within the caller's transaction. */
export function applyStep(db: Sqlite.Database, { name, hash, sql }: MigrationStep): void {
  db.exec(sql)
  db.exec('CREATE TABLE IF NOT EXISTS applied_migrations (name text PRIMARY KEY, hash text NOT NULL)')
  db.prepare('INSERT OR REPLACE INTO applied_migrations (name, hash) VALUES (?, ?)').run(name, hash)
}

/** Foreign keys are not enforced while tables are rebuilt, so they are checked once at the end. */
export function assertReferences(db: Sqlite.Database): void {
  const broken = db.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) {
    throw new Error(
      `the migration would leave ${broken.length} references without their row; nothing was changed`,
    )
  }
}
