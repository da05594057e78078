import { expect } from 'vitest'
import type { Database } from '../../db/database.ts'
import { arrange } from '../../db/queries/points/arranging.ts'
import { commentToSplit } from '../../db/queries/points/splits.ts'
import { type Point, withPoint } from '../../server/rules/points/arrangement.ts'

type Span = Pick<Point, 'start' | 'end' | 'clause'> & Partial<Pick<Point, 'kind' | 'reason'>>

/** Parts a comment into these spans, in code points, as a drafter does. @returns the points' ids in their order */
export async function partInto(
  db: Database,
  consultationId: string,
  publicId: string,
  spans: Span[],
  now: Date,
  staffId = 'drafter',
): Promise<string[]> {
  const seen = (await commentToSplit(db, consultationId, publicId)) ?? expect.unreachable()
  const point = (span: Span): Point => ({
    ...{ id: crypto.randomUUID(), kind: 'point', stance: 'amend', reason: null },
    ...{
      themeId: null,
      departmentId: null,
      dueOn: null,
      concernId: null,
      responseId: null,
      confirmedBy: null,
    },
    ...span,
  })
  const bounds = { settled: new Set<string>(), newId: () => crypto.randomUUID() }
  const arrangement = spans.reduce<readonly Point[]>((now, span) => withPoint(now, point(span), bounds), [])
  const by = { staffId, now }
  await arrange(db, seen, { state: 'split', arrangement, uncovered: 1 }, by, 'comment.split')
  return arrangement.map(({ id }) => id)
}
