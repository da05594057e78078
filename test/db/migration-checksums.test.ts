import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changedMigrations, listNewMigrations } from '../../db/migration-checksums.ts'

const migrations = join(import.meta.dirname, '../../db/migrations')

test('no step that was committed has changed: a database knows it by its hash', () => {
  expect(changedMigrations(migrations)).toEqual([])
})

test.each(['sqlite', 'postgres'])(
  '%s applies every step that lies there, in the order of their numbers',
  (engine) => {
    const journal = JSON.parse(readFileSync(join(migrations, engine, 'meta/_journal.json'), 'utf8'))
    const steps = readdirSync(join(migrations, engine)).filter((name) => name.endsWith('.sql'))
    expect(steps.length).toBeGreaterThan(0)
    expect(journal.entries.map(({ tag }: { tag: string }) => `${tag}.sql`)).toEqual(steps.sort())
  },
)

let copy: string
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'portal-checksums-'))
  cpSync(migrations, copy, { recursive: true })
})
afterEach(() => rmSync(copy, { recursive: true, force: true }))

test('a step that was changed, one that is gone and one that nobody listed are named', () => {
  appendFileSync(join(copy, 'sqlite/0000_initial.sql'), '\n')
  rmSync(join(copy, 'postgres/0000_initial.sql'))
  appendFileSync(join(copy, 'postgres/0000_other.sql'), 'SELECT 1;')
  expect(changedMigrations(copy)).toEqual([
    'postgres/0000_initial.sql is gone',
    'sqlite/0000_initial.sql was changed',
    'postgres/0000_other.sql is not in checksums.txt',
  ])
})

test('a new step is listed, and what was changed is not forgiven by it', () => {
  appendFileSync(join(copy, 'sqlite/0000_initial.sql'), '\n')
  appendFileSync(join(copy, 'sqlite/9999_next.sql'), 'SELECT 1;')
  expect(listNewMigrations(copy)).toEqual(['sqlite/9999_next.sql'])
  expect(changedMigrations(copy)).toEqual(['sqlite/0000_initial.sql was changed'])
})
