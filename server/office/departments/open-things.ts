import type { Database } from '../../../db/database.ts'
import type { Assignment } from '../../../db/queries/departments/assigned-things.ts'
import { listedAssignments } from '../../../db/queries/departments/assignments.ts'
import { repliesOf } from '../../../db/queries/departments/department-replies.ts'
import { assignmentKey } from '../../rules/departments/assignments.ts'

const together = 500

/** All that a department was given and nobody has begun to answer, a page at a time. */
export async function* openThings(
  db: Database,
  of: { consultationId: string; departmentId: string },
): AsyncGenerator<Assignment> {
  let after: Assignment | null = null
  for (;;) {
    const page: Assignment[] = await listedAssignments(db, of, 'open', { after, limit: together })
    const begun = new Set((await repliesOf(db, of.departmentId, page)).map(({ target }) => target))
    for (const one of page) if (!begun.has(one.target)) yield one
    after = page.at(-1) ?? null
    if (page.length < together) return
  }
}

/** What these are about, by their keys; what is not open is not there. */
export async function openTexts(
  db: Database,
  of: { consultationId: string; departmentId: string },
): Promise<Map<string, Assignment>> {
  const texts = new Map<string, Assignment>()
  for await (const one of openThings(db, of)) texts.set(assignmentKey(one), one)
  return texts
}
