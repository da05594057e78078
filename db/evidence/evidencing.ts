import type { Fact } from '../../server/rules/evidence/facts.ts'
import type { Query, RowsOfEach, Statement } from '../atomically.ts'
import type { Database } from '../database.ts'
import { filled } from '../filled.ts'
import { digests } from '../schema/index.ts'
import { mindsKey, retryingRekeyed, underThisKey } from '../sealing/key-ring.ts'
import type { Seals } from '../sealing/sealed.ts'
import { attestedBy, vouched } from './attested.ts'
import { digestsOf, type NewDigest } from './digest.ts'

/** The same database, each of whose lists leaves a digest of every fact that it stores. */
export function evidencing(db: Database, seals: Seals): Database {
  return {
    ...db,
    async atomically<const Statements extends readonly Statement[]>(
      build: (tx: Query) => Statements,
    ): Promise<RowsOfEach<Statements>> {
      let length = 0
      let minds = false
      const inOneList = () =>
        db.atomically((tx) => {
          const statements = build(tx)
          length = statements.length
          minds = mindsKey(statements)
          return [...statements, ...evidence(tx, seals, statements, minds)]
        })
      // Whoever minds the key knows what to do.
      const rows: unknown[][] = await retryingRekeyed(db, seals, inOneList, () => !minds)
      return rows.slice(0, length) as RowsOfEach<Statements>
    },
  }
}

/** Last, behind what holds the rows: so a later digest of the same row has a higher number. */
function evidence(
  tx: Query,
  seals: Seals,
  statements: readonly Statement[],
  minds: boolean,
): Statement<unknown[]>[] {
  const made = statements.flatMap((statement) => {
    const attested = attestedBy(statement)
    return attested ? attested.facts.flatMap((fact) => rowsFor(seals, fact, attested.at)) : []
  })
  if (made.length === 0) return []
  return [...made.map((row) => insertDigest(tx, row)), ...(minds ? [] : underThisKey(tx, seals))]
}

function rowsFor(seals: Seals, fact: Fact, at: Date): NewDigest[] {
  const rows = digestsOf(seals, fact, at)
  vouched(fact, rows.at(-1)?.digest ?? '')
  return rows
}

const insertDigest = filled(
  (tx: Query, row: NewDigest) => tx.insert(digests).values(row) as unknown as Statement<unknown[]>,
)
