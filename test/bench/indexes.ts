import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../db/open.ts'
import { fixtureVersions, loadFixture } from '../db/upgrades/fixture.ts'
import { grow } from './grown.ts'

/*
 * `npm run bench -- indexes`: what each index of `comments` costs a comment that comes in, on SQLite: the time of the
 * processor and the bytes by which storing comments is dearer with it than without.
 */
const before = 50_000
const added = 10_000
const together = 50
const times = 7

/** Prints the costs, as they stand in the schema. */
export async function measureIndexes(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
  const file = join(folder, 'portal.db')
  const facts = await loadFixture(fixtureVersions().at(-1) ?? '', `file:${file}`, folder)
  const db = await openDatabase({ url: `file:${file}` })
  await grow(db, before, new Date(facts.madeAt))
  await db.close()
  const names = indexesIn(file)
  const [whole, ...each] = cost(file, [null, ...names])
  if (!whole) return
  process.stdout.write(`a comment with all indexes: ${told(whole)}\n`)
  for (const [i, name] of names.entries()) {
    const without = each[i] ?? whole
    const own = {
      microseconds: whole.microseconds - without.microseconds,
      bytes: whole.bytes - without.bytes,
    }
    process.stdout.write(`${name.padEnd(28)}${told(own)}\n`)
  }
  rmSync(folder, { recursive: true, force: true })
}

interface Cost {
  microseconds: number
  bytes: number
}

function told({ microseconds, bytes }: Cost): string {
  return `${microseconds.toFixed(1).padStart(6)} µs ${bytes.toFixed(0).padStart(6)} bytes`
}

/** All of them, those of unique columns too. */
function indexesIn(file: string): string[] {
  const db = new Sqlite(file, { readonly: true })
  const names = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'comments' AND sql IS NOT NULL",
    )
    .pluck()
    .all()
  db.close()
  return names.map(String)
}

/**
 * The least of several times, in turns, so that what else the machine does disturbs none of them more than another.
 * @param dropped each index without which it is measured; null for none
 */
function cost(file: string, dropped: (string | null)[]): Cost[] {
  const rounds = Array.from({ length: times }, () => dropped.map((name) => costOnce(file, name)))
  return dropped.map((_, i) => {
    const [least] = rounds.flatMap((round) => round[i] ?? []).sort((a, b) => a.microseconds - b.microseconds)
    return least ?? { microseconds: 0, bytes: 0 }
  })
}

function costOnce(file: string, dropped: string | null): Cost {
  const copy = `${file}-copy`
  copyFileSync(file, copy)
  const db = new Sqlite(copy)
  db.pragma('journal_mode = memory')
  db.pragma('synchronous = off')
  db.pragma('foreign_keys = off')
  if (dropped) db.exec(`DROP INDEX ${dropped}; VACUUM`)
  else db.exec('VACUUM')
  const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all('comments').map(String)
  const [pattern] = db
    .prepare("SELECT * FROM comments WHERE state = 'pending' ORDER BY number DESC LIMIT 1")
    .all()
  const insert = db.prepare(
    `INSERT INTO comments (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`,
  )
  const last = Number(db.prepare('SELECT max(number) FROM comments').pluck().get())
  const rows = arriving(pattern as Record<string, unknown>, last)
  const size = statSync(copy).size
  const began = process.cpuUsage()
  for (let done = 0; done < added; done += together) {
    db.exec('BEGIN')
    for (const row of rows.slice(done, done + together)) insert.run(row)
    db.exec('COMMIT')
  }
  const { user, system } = process.cpuUsage(began)
  db.close()
  return { microseconds: (user + system) / added, bytes: (statSync(copy).size - size) / added }
}

/** Comments that come in behind the last one, and wait. */
function arriving(pattern: Record<string, unknown>, last: number): Record<string, unknown>[] {
  const prefix = String(pattern.id).slice(0, 18)
  return Array.from({ length: added }, (_, i) => ({
    ...pattern,
    number: last + 1 + i,
    id: `${prefix}-${String(i).padStart(17, '0')}`,
    public_id: crypto.randomUUID(),
    submission_id: `${prefix}-${String(i).padStart(17, '0')}`,
    clause: `p${(i % 23) + 1}`,
    compared_at: null,
    unexamined: 1,
    answered: 'none',
  }))
}
