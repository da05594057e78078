import type { Database } from '../../db/database.ts'
import { waitingWordings } from '../../db/queries/wordings/revised-wordings.ts'
import { approveWording, rewordClause } from '../../db/queries/wordings/rewording.ts'
import { noSources, type Sources } from '../../db/queries/wordings/wording-sources.ts'

/** Rewords a clause so that it counts: one proposes it, another approves it. */
export async function approvedWording(
  db: Database,
  consultationId: string,
  wording: Parameters<typeof rewordClause>[2],
  ticked: Partial<Sources>,
  { drafter, approver, now }: { drafter: string; approver: string; now: Date },
): Promise<void> {
  await rewordClause(db, consultationId, wording, { ...noSources, ...ticked }, { staffId: drafter, now })
  const waiting = (await waitingWordings(db, consultationId)).find(({ clause }) => clause === wording.clause)
  if (!waiting) throw new Error('the wording does not wait')
  await approveWording(
    db,
    consultationId,
    waiting,
    { seen: null, restores: false },
    { staffId: approver, now },
  )
}
