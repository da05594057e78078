import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { procedureFolder } from '../documents/procedure-files.ts'

/** Where the log's chain ended; in a backup it must not be newer than the database. */
const logHead = 'log-head.json'

/** What was sent as files. Papers are left out: they can be made again and are kept for a week. */
const uploads = ['attachments', procedureFolder]

export function copyLogHead(from: string, to: string): void {
  rmSync(join(to, logHead), { force: true })
  copy(logHead, from, to)
}

export function copyUploads(from: string, to: string): void {
  for (const name of uploads) copy(name, from, to)
}

function copy(name: string, from: string, to: string): void {
  if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true })
}
