import { and, gt, isNull } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { log } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { takenUpMark } from './digests.ts'
import { isKeyLost } from './lost-key.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'
import { removedRows } from './removed-rows.ts'
import { rowsProblems } from './rows-check.ts'
import { sentProblems } from './sent-check.ts'

/** Compares all that is vouched for with what vouches for it. */
export async function evidenceProblems(db: Database, seals: Seals): Promise<EvidenceProblem[]> {
  const mark = await takenUpMark(db)
  const isLost = await isKeyLost(db, seals)
  const found: EvidenceProblem[] = []
  for (const problems of [sentProblems, rowsProblems, removedRows]) {
    for await (const one of problems(db, seals)) {
      // What was there before there were digests is taken up in the background: until then it has none.
      const isExpected = one.problem === 'forged' ? mark === null : one.problem === 'lost' && isLost
      if (!isExpected) found.push(one)
    }
  }
  if (!mark) return found
  const { kind, row, version, at: since } = mark
  const wrong = wrongWith(seals, mark, { kind: 'taken_up', row, version, content: [] })
  const ofMark: EvidenceProblem[] =
    wrong && !(wrong === 'lost' && isLost) ? [{ kind: 'taken_up', row: kind, problem: wrong, since }] : []
  return [...found, ...ofMark, ...(await unvouchedEntries(db, version))]
}

/** Entries of the log that came later than the last one that is older than digests, and yet have none. */
async function unvouchedEntries(db: Database, last: number): Promise<EvidenceProblem[]> {
  const rows = await db.query
    .select({ number: log.number })
    .from(log)
    .where(and(isNull(log.id), gt(log.number, last)))
  return rows.map(({ number }) => ({ kind: 'log', row: String(number), problem: 'forged', since: null }))
}
