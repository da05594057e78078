import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { dialect } from '../../../db/columns.ts'
import { sqliteFile } from '../../../db/url.ts'

/** What a next version would bring: the steps as they are now and one more. @returns the folder, for `migrate` */
export function nextVersion(statements: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-next-version-'))
  cpSync(join(import.meta.dirname, '../../../db'), folder, {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  })
  const steps = join(folder, 'migrations', dialect)
  const journalFile = join(steps, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'))
  const last = journal.entries.at(-1)
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' })
  writeFileSync(journalFile, JSON.stringify(journal))
  writeFileSync(join(steps, '9999_next.sql'), statements.join('\n--> statement-breakpoint\n'))
  return folder
}

/** A column that every row must have, as CONTRIBUTING.md says to write it. */
export const filledColumn = {
  sqlite: [
    "ALTER TABLE `comments` ADD `weight` text NOT NULL DEFAULT '';",
    "UPDATE `comments` SET `weight` = CASE `stance` WHEN 'oppose' THEN 'heavy' ELSE 'light' END;",
  ],
  postgres: [
    'ALTER TABLE "comments" ADD COLUMN "weight" text;',
    `UPDATE "comments" SET "weight" = CASE "stance" WHEN 'oppose' THEN 'heavy' ELSE 'light' END;`,
    'ALTER TABLE "comments" ALTER COLUMN "weight" SET NOT NULL;',
  ],
}[dialect]

/** The same as drizzle-kit writes it. */
export const unfilledColumn = {
  sqlite: ['ALTER TABLE `comments` ADD `weight` text NOT NULL;'],
  postgres: ['ALTER TABLE "comments" ADD COLUMN "weight" text NOT NULL;'],
}[dialect]

/** A new check on a table, as drizzle-kit writes it: on SQLite the table is built anew. */
export function checked(url: string, table: string, check: string): string[] {
  const file = sqliteFile(url)
  if (!file) return [`ALTER TABLE "${table}" ADD CONSTRAINT "${table}_checked" CHECK (${check});`]
  const db = new Sqlite(file, { readonly: true })
  const made = db
    .prepare<[string], { type: string; sql: string }>(
      'SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL',
    )
    .all(table)
  db.close()
  const sqlOf = (kind: string) => made.filter(({ type }) => type === kind).map(({ sql }) => sql)
  const [whole = ''] = sqlOf('table')
  const columns = whole.slice(whole.indexOf('('), whole.lastIndexOf(')'))
  return [
    'PRAGMA foreign_keys=OFF;',
    `CREATE TABLE \`__new_${table}\` ${columns}, CONSTRAINT "${table}_checked" CHECK(${check}));`,
    `INSERT INTO \`__new_${table}\` SELECT * FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    'PRAGMA foreign_keys=ON;',
    ...sqlOf('index').map((sql) => `${sql};`),
  ]
}
