import type { Database } from '../../database.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { isAllTakenUp } from './digests.ts'
import type { EvidenceProblem } from './problems.ts'
import { sentProblems } from './sent-check.ts'

/** Compares all that is vouched for with what vouches for it. */
export async function evidenceProblems(db: Database, seals: Seals): Promise<EvidenceProblem[]> {
  const found: EvidenceProblem[] = []
  for await (const problem of sentProblems(db, seals)) found.push(problem)
  // What was there before there were digests is taken up in the background: until then it has none.
  return (await isAllTakenUp(db)) ? found : found.filter(({ problem }) => problem !== 'forged')
}
