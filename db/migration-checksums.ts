import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** The list of what was committed, in the folder of the migrations: `<sha256>  <path>`, as `sha256sum -c` reads it. */
const listName = 'checksums.txt'

/**
 * What differs from the list, in a sentence each: databases record a step by its hash, so that one which was released may
 * never change. drizzle-kit's journals grow with every step and are no part of the list.
 * @param folder the migrations of both engines
 */
export function changedMigrations(folder: string): string[] {
  const listed = readList(folder)
  const present = migrationFiles(folder)
  return [
    ...[...listed].flatMap(([file, hash]) => {
      if (!present.includes(file)) return [`${file} is gone`]
      return hashOf(folder, file) === hash ? [] : [`${file} was changed`]
    }),
    ...present.filter((file) => !listed.has(file)).map((file) => `${file} is not in ${listName}`),
  ]
}

/** Adds to the list what it lacks; what it has stays as it is. @returns the files that were added */
export function listNewMigrations(folder: string): string[] {
  const listed = readList(folder)
  const added = migrationFiles(folder).filter((file) => !listed.has(file))
  const lines = added.map((file) => `${hashOf(folder, file)}  ${file}\n`)
  appendFileSync(join(folder, listName), lines.join(''))
  return added
}

function readList(folder: string): Map<string, string> {
  const file = join(folder, listName)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

/** The steps, and drizzle-kit's picture of the tables after each, from which it makes the next. */
function migrationFiles(folder: string): string[] {
  return globSync(['*/*.sql', '*/meta/*_snapshot.json'], { cwd: folder })
    .map((file) => file.replaceAll(sep, '/'))
    .sort()
}

function hashOf(folder: string, file: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex')
}
