import { type Fault, mark, unmark } from '../../db/queries/faults.ts'
import type { Dependencies } from '../dependencies.ts'
import { errorClass, wholeWork } from '../rules/upkeep/faults.ts'
import type { WorkName } from '../rules/upkeep/work-names.ts'
import { Abandoned } from './abandoned.ts'
import type { Teller } from './teller.ts'

/** One kind of background work: which rows wait for it, and what is done with them. */
export interface KindOfWork {
  name: WorkName
  /** So many rows are taken up at a time. */
  batch: number
  /**
   * The keys of rows that wait, without those that are marked. It reads nothing else of them, since that may be damaged;
   * where it fails, the kind of work rests.
   */
  waiting(deps: Dependencies, most: number): Promise<string[]>
  /** Does those of the rows that still wait, all or some where it throws; it is then called again with fewer of them. */
  work(deps: Dependencies, rows: string[], teller: Teller): Promise<void>
}

/** Rows failed because of a part of one of them, such as a comment of a bulk. */
export class BadPart extends Error {
  override name = 'BadPart'
  readonly part: string

  constructor(part: string, cause: unknown) {
    super(`failed because of ${part}`, { cause })
    this.part = part
  }
}

/**
 * Does a batch of one kind of work, unless it rests. Where it fails as a whole it rests from now on, the longer the more
 * often it failed.
 * @param marked what is marked as a whole, and which rows are to be tried again
 * @returns whether more is waiting already
 */
export async function doWork(
  deps: Dependencies,
  kind: KindOfWork,
  marked: readonly Pick<Fault, 'subject' | 'retryAt'>[],
  teller: Teller,
): Promise<boolean> {
  const whole = marked.find(({ subject }) => subject === wholeWork)
  if (whole && whole.retryAt > deps.now()) return false
  const due = marked.flatMap(({ subject }) => (subject === wholeWork ? [] : [subject]))
  try {
    const taken = await doRows(deps, kind, teller, due)
    if (whole) await unmark(deps.db, kind.name, [wholeWork])
    return taken === kind.batch
  } catch (error) {
    await noteFailure(deps, kind, wholeWork, error, teller)
    return false
  }
}

/**
 * Does a batch of rows: first those that failed before and are due again. One that fails is marked and passed over from
 * then on.
 * @returns how many rows it took up
 */
export async function doRows(
  deps: Dependencies,
  kind: KindOfWork,
  teller: Teller,
  due: readonly string[] = [],
): Promise<number> {
  const again = due.slice(0, kind.batch)
  const room = kind.batch - again.length
  const rows = room === 0 ? again : [...again, ...(await kind.waiting(deps, room))]
  await inHalves(rows, {
    work: async (some) => {
      await kind.work(deps, some, teller)
      const mended = some.filter((row) => again.includes(row))
      if (mended.length > 0) await unmark(deps.db, kind.name, mended)
    },
    fail: (row, error) => noteFailure(deps, kind, row, error, teller),
  })
  return rows.length
}

/** All rows together; where that fails, either half by itself, down to the rows that are to blame. */
async function inHalves(
  rows: string[],
  { work, fail }: { work(rows: string[]): Promise<void>; fail(row: string, error: unknown): Promise<void> },
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  try {
    await work(rows)
  } catch (error) {
    if (error instanceof Abandoned) throw error
    if (rows.length === 1) return fail(first, error)
    const middle = Math.ceil(rows.length / 2)
    await inHalves(rows.slice(0, middle), { work, fail })
    await inHalves(rows.slice(middle), { work, fail })
  }
}

/** Marks what failed. The mark is a write too: where the database takes none, this throws, and no row is blamed. */
async function noteFailure(
  { db, now }: Dependencies,
  { name: work }: KindOfWork,
  subject: string,
  error: unknown,
  teller: Teller,
): Promise<void> {
  if (error instanceof Abandoned) throw error
  const [cause, err] = error instanceof BadPart ? [error.part, error.cause] : [null, error]
  teller.error({ work, row: subject || null, cause, err }, 'background work failed')
  await mark(db, { work, subject, cause, error: errorClass(err) }, now())
}
