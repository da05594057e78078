import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { command, type Settings } from './portal-process.ts'
import type { Ground, Outcome } from './trial.ts'
import type { Receipts } from './writers.ts'

/** A submission as it lies in the database; nobody of the writers sends more than one comment. */
export interface Stored {
  number: string
  body: string | null
}

export const allStored =
  'SELECT receipt_number AS number, body FROM submissions LEFT JOIN comments ON submission_id = submissions.id'

export function storedInFile(file: string): Stored[] {
  const db = new Sqlite(file)
  try {
    return db.prepare<[], Stored>(allStored).all()
  } finally {
    db.close()
  }
}

export async function storedOnServer(connectionString: string): Promise<Stored[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Stored>(allStored)).rows
  } finally {
    await client.end()
  }
}

/** What the database holds beside what citizens hold, by their own words. */
export function tally(stored: Stored[], receipts: Receipts): Outcome {
  const numbers = new Map<string, string>()
  for (const { body, number } of stored) if (body !== null) numbers.set(keyIn(body), number)
  const lost = [...receipts].filter(([key, { number }]) => numbers.get(key) !== number).length
  const halves = stored.filter(({ body }) => body === null).length
  return {
    acknowledged: receipts.size,
    stored: stored.length,
    lost,
    doubled: stored.length - halves - numbers.size,
    wrong: halves > 0 ? [`${halves} submissions have no comment`] : [],
  }
}

/** The same where everybody has had an answer: nothing is there for which nobody has a receipt. */
export function settledTally(stored: Stored[], receipts: Receipts): Outcome {
  const outcome = tally(stored, receipts)
  const strangers = outcome.stored - outcome.acknowledged
  if (strangers > 0 && outcome.doubled === 0) outcome.wrong.push(`${strangers} stored without a receipt`)
  if (receipts.size === 0) outcome.wrong.push('nobody got a receipt')
  return outcome
}

/** What `portal verify` finds wrong: counts, seals, search, the log. */
export async function verified(ground: Ground, settings: Settings): Promise<string[]> {
  const { code, said } = await command(ground, settings, ['verify'])
  return code === 0 ? [] : [`portal verify says: ${said.trim()}`]
}

export const fileIn = ({ DATA_DIR }: Settings) => join(DATA_DIR, 'portal.db')

export function keyIn(body: string): string {
  return body.slice(body.indexOf('（') + 1, -1)
}
