import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileFolders, temporaryEnding } from '../documents/files/file-store.ts'

/** Where the log's chain ended; in a backup it must not be newer than the database. */
const logHead = 'log-head.json'

export function copyLogHead(from: string, to: string): void {
  rmSync(join(to, logHead), { force: true })
  if (existsSync(join(from, logHead))) cpSync(join(from, logHead), join(to, logHead))
}

/** Copied after the database, so that every row of the copy has its file: a row is written after its file. */
export function copyUploads(from: string, to: string): void {
  for (const name of fileFolders) copyFolder(join(from, name), join(to, name))
}

function copyFolder(source: string, target: string): void {
  if (!existsSync(source)) return
  mkdirSync(target, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(source)) {
    if (!name.endsWith(temporaryEnding)) copyUnlessGone(join(source, name), join(target, name))
  }
}

/** Beside a portal that serves, what no row speaks of may be swept away meanwhile. */
function copyUnlessGone(from: string, to: string): void {
  try {
    copyFileSync(from, to)
  } catch (error) {
    if (Object(error).code !== 'ENOENT') throw error
  }
}
