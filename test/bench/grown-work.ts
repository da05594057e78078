import type { Query, Statement } from '../../db/atomically.ts'
import { idAt } from '../../db/id-at.ts'
import { refreshAnswered } from '../../db/queries/comments/answered.ts'
import {
  campaignMembers,
  campaigns,
  commentDepartments,
  commentThemes,
  decisions,
  endorsementCounts,
  endorsements,
  examinations,
  intakes,
  log,
  responseComments,
  responses,
  versions,
} from '../../db/schema/index.ts'
import { type Around, type Grown, isLetter } from './grown-comment.ts'
import { parted } from './grown-points.ts'
import { rowsInto } from './rows.ts'

const into = {
  examinations: rowsInto(examinations),
  decisions: rowsInto(decisions),
  log: rowsInto(log),
  versions: rowsInto(versions),
  campaignMembers: rowsInto(campaignMembers),
  endorsements: rowsInto(endorsements),
  endorsementCounts: rowsInto(endorsementCounts),
  responseComments: rowsInto(responseComments),
  commentThemes: rowsInto(commentThemes),
  commentDepartments: rowsInto(commentDepartments),
  intakes: rowsInto(intakes),
}

const copiesEach = 50

/** The statements that store what the portal and its staff have made of these comments. */
export function growWhatFollows(tx: Query, around: Around, some: Grown[]): Statement[] {
  const decided = some.filter(({ state }) => state !== 'pending')
  return [
    ...judged(tx, around, some, decided),
    ...grouped(tx, around, some),
    ...endorsed(tx, around, some),
    ...answered(tx, around, some),
    ...sorted(tx, around, some),
    ...parted(tx, around, some),
    refreshAnswered(tx, { comments: some.map(({ id }) => id) }),
  ]
}

function judged(tx: Query, { staffId }: Around, some: Grown[], decided: Grown[]): Statement[] {
  const ruling = { admission: 'admitted', publication: 'published', reason: null, note: null }
  const first = { review: 1, version: 1, transferred: false, agreedBy: null, staffId }
  return [
    ...into.examinations(
      tx,
      some.map(({ place, id, state, createdAt }) => ({
        ...{ commentId: id, version: 1, spans: [], flagged: [], revision: 1, createdAt },
        // What is decided has no span left that nobody has judged.
        unhandled: state === 'pending' && place % 20 === 17 ? 1 : 0,
      })),
    ),
    ...into.decisions(
      tx,
      decided.map(({ id, createdAt }) => ({
        id: idAt(createdAt),
        commentId: id,
        createdAt,
        ...ruling,
        ...first,
      })),
    ),
    ...into.log(
      tx,
      decided.map(({ id, createdAt }) => ({
        ...{ at: createdAt, staffId, act: 'comment.decide' as const, subject: id },
        detail: {},
      })),
    ),
    ...into.versions(
      tx,
      every(some, 50).map(({ id, createdAt }) => ({
        ...{ commentId: id, version: 0, stance: 'amend', body: '原来的话', proposal: null },
        ...{ wording: null, quote: null, replacedAt: createdAt },
      })),
    ),
  ]
}

/** Every twentieth comment is in a campaign. */
function grouped(tx: Query, { consultation }: Around, some: Grown[]): Statement[] {
  const copies = every(some, 20)
  return inParts(copies, copiesEach).flatMap((members) => {
    const [first] = members
    if (!first) return []
    const { id, createdAt } = first
    return [
      tx.insert(campaigns).values({
        ...{ id, consultationId: consultation.id, representativeId: id, createdAt },
        count: members.length,
      }),
      ...into.campaignMembers(
        tx,
        members.map(({ id: commentId }) => ({
          ...{ commentId, campaignId: id, similarity: 1000, identical: true, takenOut: false },
        })),
      ),
    ]
  })
}

/** Every tenth of the published ones, by two people. */
function endorsed(tx: Query, { consultation }: Around, some: Grown[]): Statement[] {
  const liked = every(
    some.filter(({ state }) => state === 'published'),
    10,
  )
  const given = liked.flatMap((comment) => [comment, comment])
  return [
    ...into.endorsements(
      tx,
      given.map(({ id: commentId, createdAt }) => {
        const id = idAt(createdAt)
        const secrets = { receiptNumber: id, codeHash: id, idempotencyHash: id }
        return { id, consultationId: consultation.id, commentId, ...secrets, createdAt, withdrawnAt: null }
      }),
    ),
    ...into.endorsementCounts(
      tx,
      liked.map(({ id: commentId }) => ({ commentId, count: 2 })),
    ),
  ]
}

/** Every fourth of the admitted ones; one answer to each lot that was made up together. */
function answered(tx: Query, { consultation, staffId, now }: Around, some: Grown[]): Statement[] {
  const given = every(
    some.filter(({ state }) => state === 'published' || state === 'withheld'),
    4,
  )
  const id = idAt(now)
  return [
    tx.insert(responses).values({
      ...{ id, consultationId: consultation.id, outcome: 'adopted', reason: '已写明。', summary: '归纳' },
      ...{ campaignId: null, state: 'approved', draftedBy: staffId, submittedAt: now, approvedBy: staffId },
      ...{ approvedAt: now, returnNote: null, createdAt: now },
    }),
    ...into.responseComments(
      tx,
      given.map(({ id: commentId }) => ({ commentId, responseId: id })),
    ),
  ]
}

function sorted(tx: Query, { themeId, departmentId, staffId }: Around, some: Grown[]): Statement[] {
  const letters = some.filter(({ place }) => isLetter(place))
  return [
    ...into.commentThemes(
      tx,
      every(some, 50).map(({ id: commentId }) => ({ themeId, commentId })),
    ),
    ...into.commentDepartments(
      tx,
      every(some, 100).map(({ id: commentId }) => ({ commentId, departmentId, dueOn: null })),
    ),
    ...into.intakes(
      tx,
      letters.map(({ id: submissionId, place, createdAt }) => ({
        ...{ submissionId, receivedOn: '2026-12-30', reference: null, onBehalf: false, staffId, createdAt },
        late: place % 200 === 50,
      })),
    ),
  ]
}

function every(some: Grown[], nth: number): Grown[] {
  return some.filter((_, i) => i % nth === 0)
}

function inParts(some: Grown[], size: number): Grown[][] {
  return Array.from({ length: Math.ceil(some.length / size) }, (_, i) => some.slice(i * size, (i + 1) * size))
}
