import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { desc } from 'drizzle-orm'
import { submissions, treeHeads } from '../../db/schema/index.ts'
import { headPublishing, leafTaking } from '../../server/jobs/transparency.ts'
import type { TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { doSome } from './doing.ts'

const script = join(import.meta.dirname, '../../docs/verify-receipt.mjs')
/** A minute and a half after the seed consultation has closed. */
export const closed = new Date('2026-12-23T16:01:30Z')

/** So many citizens send a comment each, a second one after the other. @returns their receipts' codes */
export async function sendMany(portal: TestPortal, count: number): Promise<string[]> {
  const codes: string[] = []
  for (let i = 0; i < count; i++) {
    portal.clock.now = new Date(portal.clock.now.getTime() + 1_000)
    codes.push((await aComment(portal, { body: `建议之${i}` })).code)
  }
  return codes
}

/** At a moment, takes up all that waits and publishes what is due. @returns the heads that there are, the newest first */
export async function publishAt(portal: TestPortal, moment: Date = portal.clock.now) {
  portal.clock.now = moment
  while ((await doSome(portal.deps, leafTaking)) > 0);
  await doSome(portal.deps, headPublishing())
  return portal.db.query.select().from(treeHeads).orderBy(desc(treeHeads.number))
}

export function later(portal: TestPortal, minutes: number): Date {
  return new Date(portal.clock.now.getTime() + minutes * 60_000)
}

/** The receipt's number of the newest submission. */
export async function newestReceipt({ db }: TestPortal): Promise<string> {
  const [row] = await db.query.select().from(submissions).orderBy(desc(submissions.id)).limit(1)
  return row?.receiptNumber ?? ''
}

/** Checks these files with the script that citizens are given, in an empty folder. @returns all that it says, and its code */
export function check(files: object[], ...args: string[]): Promise<{ code: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'))
  const names = files.map((file, i) => {
    writeFileSync(join(folder, `${i}.json`), JSON.stringify(file))
    return `${i}.json`
  })
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...names, ...args],
      { cwd: folder, env: {} },
      (error, said, wrong) => {
        rmSync(folder, { recursive: true })
        resolve({ code: error ? 1 : 0, said: said + wrong })
      },
    )
  })
}
