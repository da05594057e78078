import { randomUUID } from 'node:crypto'
import type { Query, Statement } from '../../db/atomically.ts'
import { concerns, points, splits } from '../../db/schema/index.ts'
import type { Around, Grown } from './grown-comment.ts'
import { rowsInto } from './rows.ts'

const into = { points: rowsInto(points), splits: rowsInto(splits), concerns: rowsInto(concerns) }

const pointsEach = 5
/** So many points are gathered into a concern. */
const gathered = 20

/** The statements that part every fifth of the admitted ones into points, one in ten of these not to its end, and gather the points. */
export function parted(tx: Query, { consultation, staffId, now }: Around, some: Grown[]): Statement[] {
  const letters = some.filter(
    ({ place, state }) => place % 5 === 1 && (state === 'published' || state === 'withheld'),
  )
  const marked = letters.flatMap(({ id: commentId }) =>
    Array.from({ length: pointsEach }, (_, place) => ({ commentId, place })),
  )
  const made = Array.from({ length: Math.ceil(marked.length / gathered) }, (_, i) => ({
    ...{
      id: randomUUID(),
      consultationId: consultation.id,
      sentence: `归并意见 ${i}`,
      clause: `p${1 + (i % 23)}`,
    },
    ...{ themeId: null, departmentId: null, count: gathered, staffId, createdAt: now },
  }))
  return [
    ...into.concerns(tx, made),
    ...into.splits(
      tx,
      letters.map(({ id: commentId, place }) => ({
        ...{ commentId, consultationId: consultation.id, state: 'split', length: 10, before: null, staffId },
        ...{ uncovered: place % 10 === 1 ? 1 : 0, isOpen: place % 10 === 1, unanswered: pointsEach },
        ...{ updatedAt: now, revision: 1, outcome: null },
      })),
    ),
    ...into.points(
      tx,
      marked.map(({ commentId, place }, i) => ({
        ...{ id: randomUUID(), consultationId: consultation.id, commentId, start: place, end: place + 1 },
        ...{ kind: 'point', clause: `p${1 + (i % 23)}`, stance: 'amend', themeId: null, departmentId: null },
        ...{
          concernId: made[Math.floor(i / gathered)]?.id ?? null,
          responseId: null,
          reason: null,
          proposes: false,
        },
        ...{ objectedAt: null, confirmedBy: null, markedBy: staffId, markedAt: now },
      })),
    ),
  ]
}
