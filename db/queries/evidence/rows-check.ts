import { inArray } from 'drizzle-orm'
import type { Fact } from '../../../server/rules/evidence/facts.ts'
import type { Database } from '../../database.ts'
import { comments, decisions, reopenings } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { type DigestsByRow, digestsOfRows } from './digests.ts'
import { erasedAmong } from './erased.ts'
import { factsOf, kindsOfRows } from './kinds.ts'
import { partProblems } from './parts.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'

/** What of the rows that are vouched for one by one is not as it was stored. */
export async function* rowsProblems(db: Database, seals: Seals): AsyncGenerator<EvidenceProblem> {
  for (const kind of kindsOfRows) {
    for await (const facts of factsOf(db, kind)) {
      const digests = await digestsOfRows(
        db,
        facts.map(({ row }) => row),
      )
      const isErased = await erasedRows(db, facts)
      for (const fact of facts) yield* rowProblems(seals, fact, digests, isErased)
    }
  }
}

function rowProblems(
  seals: Seals,
  fact: Fact,
  digests: DigestsByRow,
  isErased: (row: string) => boolean,
): EvidenceProblem[] {
  const { kind, row, parts } = fact
  const digest = digests(kind, row).at(-1)
  if (!digest) return [{ kind, row, problem: 'forged', since: null }]
  const ofParts = parts.map((part) => ({ part, digest: digests(part.kind, part.row).at(-1) }))
  const problem = wrongWith(
    seals,
    digest,
    fact,
    ofParts.flatMap((part) => part.digest?.digest ?? []),
  )
  const own: EvidenceProblem[] = problem ? [{ kind, row, problem, since: digest.at }] : []
  return [
    ...own,
    ...ofParts.flatMap((of) => {
      const isGone = of.part.content?.every((words) => words === null) && of.digest?.key === null
      return partProblems(
        seals,
        [of.part.kind, of.part.row],
        of.digest,
        isGone ? null : of.part,
        isErased(row),
      )
    }),
  ]
}

/** Which of these facts are of comments whose words were erased. */
async function erasedRows(db: Database, facts: readonly Fact[]): Promise<(row: string) => boolean> {
  if (facts.every(({ parts }) => parts.length === 0)) return () => false
  const rows = facts.map(({ row }) => row)
  const [decided, reopened] = await Promise.all([
    db.query
      .select({ row: decisions.id, commentId: decisions.commentId })
      .from(decisions)
      .where(inArray(decisions.id, rows)),
    db.query
      .select({ row: reopenings.id, commentId: reopenings.commentId })
      .from(reopenings)
      .where(inArray(reopenings.id, rows)),
  ])
  const commentOf = new Map([...decided, ...reopened].map(({ row, commentId }) => [row, commentId]))
  const commentIdOf = (row: string) => commentOf.get(row) ?? row.split(' ')[0] ?? row
  const said = await db.query
    .select({ id: comments.id, consultationId: comments.consultationId })
    .from(comments)
    .where(inArray(comments.id, rows.map(commentIdOf)))
  const erased = await erasedAmong(db, said, said)
  const byId = new Map(said.map((comment) => [comment.id, comment]))
  return (row) => {
    const comment = byId.get(commentIdOf(row))
    return comment !== undefined && erased.isErased(comment)
  }
}
