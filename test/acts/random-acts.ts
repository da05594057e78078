import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import {
  approveCorrection,
  proposeCorrection,
  returnCorrection,
} from '../../db/queries/answers/answer-corrections.ts'
import { correctionsOf } from '../../db/queries/answers/read-corrections.ts'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import {
  approveResponse,
  dropResponse,
  returnResponse,
  rewordResponse,
  submitResponse,
} from '../../db/queries/answers/responses.ts'
import { endorse, endorsementStatus, withdrawEndorsement } from '../../db/queries/comments/endorsements.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { keptCommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { confirmOrganisation } from '../../db/queries/moderation/confirmations.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { restoreOriginal } from '../../db/queries/moderation/originals.ts'
import { appealHeard, reopen } from '../../db/queries/moderation/reviews.ts'
import { castVote } from '../../db/queries/moderation/votes.ts'
import { addProcedureFile, removeProcedureFile } from '../../db/queries/outcomes/procedure-files.ts'
import { arrange, confirmPassage } from '../../db/queries/points/arranging.ts'
import { lastMove, undoMove } from '../../db/queries/points/concern-undo.ts'
import { gather, letGo } from '../../db/queries/points/gathering.ts'
import { mergeConcerns } from '../../db/queries/points/merging.ts'
import { commentToSplit, type SplitComment } from '../../db/queries/points/splits.ts'
import { makeConcern } from '../../db/queries/points/worded-concerns.ts'
import {
  appeal,
  maskName,
  objectToPoint,
  reviseComment,
  withdraw,
} from '../../db/queries/receipts/receipt-acts.ts'
import { whatHolds } from '../../db/queries/retractions/held-words.ts'
import { retract } from '../../db/queries/retractions/retractions.ts'
import { storedActivation } from '../../db/queries/staff/activation.ts'
import { grantRole, inviteStaff, revokeRole } from '../../db/queries/staff/staff-accounts.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { currentVersion } from '../../db/queries/versions/office-versions.ts'
import {
  appeals,
  comments,
  concerns,
  points,
  procedureFiles,
  responses,
  staffRoles,
  submissions,
} from '../../db/schema/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import {
  type Arrangement,
  type Bounds,
  changed,
  interludes,
  keepingSettled,
  mergedWithEarlier,
  type Point,
  restored,
  Settled,
  type Span,
  uncoveredSentences,
  withoutPoint,
  withPoint,
  withProposed,
} from '../../server/rules/points/arrangement.ts'
import { recordKeptUntil } from '../../server/rules/receipts/unlawful-records.ts'
import { letterSentences } from '../../server/text/cutting/letter-sentences.ts'

export type Act = () => Promise<unknown>

/** Numbers that are the same in each run. @returns a whole number below `end` */
export type Chance = (end: number) => number

export function chanceFrom(seed: number): Chance {
  let state = seed
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

/** All that citizens and staff do to what is vouched for; an act does nothing where there is nothing to do it to. */
export async function actsOf(
  deps: Dependencies,
  chance: Chance,
  tick: () => void,
): Promise<Record<string, Act>> {
  const { db, seals, now, config } = deps
  const found = await findConsultation(db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not loaded')
  const consultation = found
  const consultationId = consultation.id
  const staff = await Promise.all(
    ['甲', '乙', '丙'].map((name) =>
      inviteStaff(
        db,
        { name, grant: { role: 'moderator', consultationId: '*' } },
        storedActivation(seals, `7K3M9-QXD${name}`, now()),
        { staffId: null, now: now() },
      ),
    ),
  )
  const [one = '', other = '', third = ''] = staff
  const by = (staffId: string) => ({ staffId, now: now() })
  const codes: string[] = []
  let sent = 0
  const words = () =>
    `第 ${++sent} 条：${['建议写明时限', '请打 13812345678 找我', '旧词应当改掉', '同意'][chance(4)]}`
  const said = () => ({
    stance: ['support', 'oppose', 'amend'][chance(3)] ?? 'amend',
    body: words(),
    proposal: chance(3) === 0 ? '写为三十日' : null,
    wording: chance(3) === 0 ? '应当在三十日内旧词办结' : null,
    quote: null,
  })
  const any = async (state: readonly string[]) => {
    const where = and(inArray(comments.state, [...state]), ne(comments.body, ''))
    const count = await db.query.$count(comments, where)
    const [row] = await db.query
      .select()
      .from(comments)
      .where(where)
      .orderBy(comments.id)
      .limit(1)
      .offset(chance(Math.max(1, count)))
    return row ?? null
  }
  const judge = async (
    ruling: Pick<Parameters<typeof decide>[3], 'admission' | 'publication' | 'reason'>,
  ) => {
    const row = await any(['pending'])
    const comment = row && (await keptCommentToJudge(db, row.id))
    if (!comment) return
    const heard = await appealHeard(db, comment)
    const note = chance(2) === 0 ? '内部备注' : null
    await decide(
      db,
      seals,
      comment,
      { ...ruling, note, transferred: false, version: comment.version },
      await examinationOf(db, seals, comment),
      {
        staffId: third,
        agreedBy: chance(3) === 0 ? one : null,
        appeal: heard ? { outcome: 'upheld', answer: '维持原决定' } : null,
      },
      now(),
    )
  }
  const anyResponse = async (state: string) => {
    const [row] = await db.query
      .select()
      .from(responses)
      .where(eq(responses.state, state))
      .orderBy(sql`${responses.id} desc`)
      .limit(1)
    return row ?? null
  }

  return {
    submit: async () => {
      const named = chance(2) === 0
      await submit(
        db,
        seals,
        {
          consultationId,
          round: 1,
          channel: 'web',
          identity: named ? 'organisation' : 'individual',
          name: named ? '张三' : null,
          showName: named,
          organisation: named ? '某某公司' : null,
          region: null,
          contact: named ? '13800000000' : null,
          visibility: 'public',
          comments: Array.from({ length: 1 + chance(3) }, () => ({
            clause: `p${1 + chance(20)}`,
            ...said(),
          })),
          attachments: named ? [await keptFile()] : [],
        },
        `random-${sent}-${chance(1e9)}`,
        now(),
      )
    },
    publish: () => judge({ admission: 'admitted', publication: 'published', reason: null }),
    withhold: () => judge({ admission: 'admitted', publication: 'withheld', reason: 'privacy' }),
    refuse: () => judge({ admission: 'refused', publication: 'withheld', reason: 'irrelevant' }),
    refuseAsUnlawful: () => judge({ admission: 'refused', publication: 'withheld', reason: 'unlawful' }),
    vote: async () => {
      const row = await any(['pending'])
      if (!row) return
      const ruling = { publication: 'withheld', reason: 'privacy', note: null, transferred: false } as const
      await castVote(
        db,
        row,
        { ...ruling, admission: chance(2) === 0 ? 'admitted' : 'refused', version: row.version },
        by(staff[chance(3)] ?? one),
      )
    },
    reopen: async () => {
      const row = await any(['published', 'withheld', 'refused'])
      if (row) await reopen(db, row, '再看一遍', by(one))
    },
    restore: async () => {
      const row = await any(['pending'])
      if (row) await restoreOriginal(db, seals, row, by(one))
    },
    revise: async () => {
      const row = await any(['pending'])
      if (row) await reviseComment(db, row, said(), now())
    },
    withdraw: async () => {
      const row = await any(['pending', 'published', 'withheld', 'refused'])
      if (!row) return
      const record = row.state === 'refused' && chance(2) === 0
      const until = recordKeptUntil(
        { state: 'refused', reason: 'unlawful', decidedAt: now() } as never,
        180,
        now(),
      )
      const files = await withdraw(
        db,
        row,
        now(),
        record && until ? { ...row, seals, until, now: now() } : null,
      )
      for (const id of files) await new FileStore(config.dataDir, 'attachments').remove(id)
    },
    appeal: async () => {
      const appealed = db.query.select({ id: appeals.commentId }).from(appeals)
      const [row] = await db.query
        .select()
        .from(comments)
        .where(and(inArray(comments.state, ['withheld', 'refused']), notInArray(comments.id, appealed)))
        .limit(1)
      if (row) await appeal(db, row, chance(2) === 0 ? '不同意' : '', now())
    },
    maskName: async () => {
      const [row] = await db.query.select().from(submissions).where(eq(submissions.showName, true)).limit(1)
      if (row) await maskName(db, row.id, consultationId, now())
    },
    confirm: async () => {
      const row = await any(['published'])
      if (row) await confirmOrganisation(db, row, { by: 'letter', creditCode: null }, by(one))
    },
    endorse: async () => {
      const row = await any(['published'])
      if (!row) return
      const { code } = await endorse(
        db,
        seals,
        { consultationId, publicId: row.publicId },
        `e-${++sent}`,
        now(),
      )
      codes.push(code)
    },
    withdrawEndorsement: async () => {
      const code = codes.pop()
      const status = code && (await endorsementStatus(db, seals, code))
      if (status) await withdrawEndorsement(db, status, now())
    },
    draftAnswer: async () => {
      const row = await any(['published'])
      const answer = { outcome: 'adopted', reason: `已采纳旧词 ${++sent}`, summary: null } as const
      if (row) {
        await draftResponse(db, consultationId, { kind: 'comments', ids: [row.publicId] }, answer, by(one))
      }
    },
    rewordAnswer: async () => {
      const row = await anyResponse('draft')
      const answer = { outcome: 'explained', reason: '另作说明', summary: null } as const
      if (!row) return
      const versioned = { consultationId, kind: 'answer', row: row.id } as const
      const revision = (await currentVersion(db, versioned))?.revision ?? 0
      await rewordResponse(db, consultationId, { id: row.id, revision }, answer, by(other))
    },
    submitAnswer: async () => {
      const row = await anyResponse('draft')
      if (row) await submitResponse(db, consultationId, row.id, by(one))
    },
    approveAnswer: async () => {
      const row = await anyResponse('submitted')
      if (row) await approveResponse(db, consultationId, row.id, by(other))
    },
    returnAnswer: async () => {
      const row = await anyResponse('submitted')
      if (row) await returnResponse(db, consultationId, { id: row.id, returnNote: '请补充' }, by(other))
    },
    correctAnswer: async () => {
      const row = await anyResponse('approved')
      if (!row) return
      const versioned = { consultationId, kind: 'answer', row: row.id } as const
      const revision = (await currentVersion(db, versioned))?.revision ?? 0
      const correction = {
        outcome: 'explained',
        reason: `另作说明 ${++sent}`,
        summary: null,
        cause: '有误',
      } as const
      await proposeCorrection(db, consultationId, row.id, { ...correction, revision }, by(one))
      const [waiting] = await correctionsOf(db, row.id)
      if (!waiting) throw new Error('the correction was not stored')
      const { before: _, ...proposed } = waiting
      if (chance(3) === 0) await returnCorrection(db, proposed, '请补充', by(other))
      else await approveCorrection(db, proposed, by(other))
    },
    dropAnswer: async () => {
      const row = await anyResponse('draft')
      if (row) await dropResponse(db, consultationId, row.id, by(one))
    },
    split: async () => {
      const row = await any(['published', 'withheld'])
      const seen = row && (await commentToSplit(db, consultationId, row.publicId))
      if (!seen) return
      const length = [...seen.body].length
      const start = chance(length)
      const span = { start, end: Math.min(length, start + 1 + chance(12)) }
      await rearrange(seen, (arrangement, bounds) => {
        const isPassage = chance(4) === 0
        const point = {
          ...aPoint(seen, span),
          ...(isPassage ? { kind: 'no_proposal', reason: 'courtesy' } : {}),
        } as Point
        return withPoint(arrangement, point, bounds)
      })
    },
    splitAll: async () => {
      const seen = await anySplit()
      if (!seen) return
      const gaps = interludes(seen.split.arrangement, [...seen.body].length)
      await rearrange(seen, (arrangement) =>
        withProposed(
          arrangement,
          gaps.map((gap) => aPoint(seen, gap)),
        ),
      )
    },
    movePoint: async () => {
      const seen = await anySplit()
      const [point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) =>
        changed(arrangement, point.id, { clause: `p${1 + chance(20)}` }, bounds),
      )
    },
    mergePoints: async () => {
      const seen = await anySplit()
      const [, point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) => mergedWithEarlier(arrangement, point.id, bounds))
    },
    removePoint: async () => {
      const seen = await anySplit()
      const [point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) => withoutPoint(arrangement, point.id, bounds))
    },
    confirmPassage: async () => {
      const [passage] = await db.query.select().from(points).where(eq(points.kind, 'no_proposal')).limit(1)
      const [row] = passage
        ? await db.query.select().from(comments).where(eq(comments.id, passage.commentId))
        : []
      const seen = row && (await commentToSplit(db, consultationId, row.publicId))
      if (seen && passage) await confirmPassage(db, seen, passage.id, by(other))
    },
    objectToPoint: async () => {
      const point = await anyPoint()
      const [row] = point
        ? await db.query.select().from(comments).where(eq(comments.id, point.commentId))
        : []
      if (row && point) await objectToPoint(db, row.submissionId, point.id, now())
    },
    reopenSplit: async () => {
      const row = await anyParted(['published', 'withheld'])
      if (row) await reopen(db, row, '再看一遍', by(one))
    },
    reviseSplit: async () => {
      const row = await anyParted(['pending'])
      if (row)
        await reviseComment(
          db,
          row,
          { ...said(), body: chance(2) === 0 ? words() : row.body.slice(3) || '改短了' },
          now(),
        )
    },
    restoreSplit: async () => {
      const row = await anyParted(['pending'])
      if (row) await restoreOriginal(db, seals, row, by(one))
    },
    undoSplit: async () => {
      const seen = await anySplit()
      const before = seen?.split.before
      if (seen && before) await rearrange(seen, (arrangement) => restored(before, arrangement))
    },
    gather: async () => {
      const row = await any(['published', 'withheld'])
      const point = await anyPoint()
      if (!row && !point) return
      const picked = { pointIds: point ? [point.id] : [], comments: row ? [row.publicId] : [] }
      const facts = {
        sentence: `归并 ${++sent}`,
        clause: `p${1 + chance(20)}`,
        themeId: null,
        departmentId: null,
      }
      const concern = await anyConcern()
      if (concern && chance(2) === 0) await gather(db, consultationId, concern.id, picked, by(one))
      else await makeConcern(db, consultationId, facts, picked, by(one))
    },
    letGo: async () => {
      const point = await anyPoint()
      if (point?.concernId) await letGo(db, consultationId, point.concernId, [point.id], by(one))
    },
    mergeConcerns: async () => {
      const [into, from] = [await anyConcern(), await anyConcern()]
      if (into && from && into.id !== from.id)
        await mergeConcerns(db, consultationId, { from: from.id, into: into.id }, by(one))
    },
    undoMove: async () => {
      const concern = await anyConcern()
      const last = concern && (await lastMove(db, concern.id))
      if (concern && last) await undoMove(db, consultationId, concern.id, last.id, by(one))
    },
    answerConcern: async () => {
      const concern = await anUnansweredConcern()
      const answer = {
        outcome: 'partly_adopted',
        reason: `部分采纳 ${++sent}`,
        summary: concern?.sentence ?? null,
      } as const
      if (concern)
        await draftResponse(db, consultationId, { kind: 'concern', id: concern.id }, answer, by(one))
    },
    answerPoint: async () => {
      const point = await anyPoint()
      const answer = { outcome: 'not_adopted', reason: `未采纳 ${++sent}`, summary: null } as const
      if (point)
        await draftResponse(
          db,
          consultationId,
          { kind: 'points', ids: [point.id], comments: [] },
          answer,
          by(one),
        )
    },
    grant: () => grantRole(db, other, { role: 'drafter', consultationId }, by(one)),
    revoke: async () => {
      const [row] = await db.query.select().from(staffRoles).where(eq(staffRoles.role, 'drafter')).limit(1)
      if (row)
        await revokeRole(db, row.staffId, { role: 'drafter', consultationId: row.consultationId }, by(one))
    },
    addFile: async () => {
      const id = `random-file-${++sent}`
      const kept = await new FileStore(config.dataDir, 'procedure').write(Buffer.from(id), id)
      await addProcedureFile(db, { id, consultationId, stepId: null, name: '依据.pdf', ...kept }, by(one))
    },
    removeFile: async () => {
      const [row] = await db.query.select().from(procedureFiles).where(isNull(procedureFiles.stepId)).limit(1)
      if (row) await removeProcedureFile(db, consultationId, row.id, by(one))
    },
    retract: async () => {
      if (chance(10) > 0) return
      const held = await whatHolds(db, seals, consultation, '旧词')
      if (held.comments.length + held.texts.length === 0) return
      await retract(db, seals, consultation, { words: '旧词', cause: 'personal', ...held }, by(one))
    },
    timePasses: async () => tick(),
  }

  async function anySplit(): Promise<SplitComment | null> {
    const point = await anyPoint()
    const [row] = point
      ? await db.query
          .select({ publicId: comments.publicId })
          .from(comments)
          .where(eq(comments.id, point.commentId))
      : []
    return row ? commentToSplit(db, consultationId, row.publicId) : null
  }

  async function anyParted(states: string[]) {
    const parted = db.query.select({ id: points.commentId }).from(points)
    const [row] = await db.query
      .select()
      .from(comments)
      .where(and(inArray(comments.id, parted), inArray(comments.state, states)))
      .orderBy(comments.id)
      .limit(1)
    return row ?? null
  }

  async function anyPoint() {
    const count = await db.query.$count(points)
    const [row] = await db.query
      .select()
      .from(points)
      .orderBy(points.markedAt, points.start, points.id)
      .limit(1)
      .offset(chance(Math.max(1, count)))
    return row ?? null
  }

  async function anyConcern() {
    const count = await db.query.$count(concerns)
    const [row] = await db.query
      .select()
      .from(concerns)
      .orderBy(concerns.createdAt, concerns.sentence)
      .limit(1)
      .offset(chance(Math.max(1, count)))
    return row ?? null
  }

  async function anUnansweredConcern() {
    const [row] = await db.query
      .select({ id: concerns.id, sentence: concerns.sentence })
      .from(concerns)
      .innerJoin(points, eq(points.concernId, concerns.id))
      .innerJoin(comments, eq(comments.id, points.commentId))
      .where(and(isNull(points.responseId), inArray(comments.state, ['published', 'withheld'])))
      .orderBy(concerns.createdAt, concerns.sentence)
      .limit(1)
    return row ?? null
  }

  async function rearrange(
    seen: SplitComment,
    change: (arrangement: Arrangement, bounds: Bounds) => Arrangement,
  ): Promise<void> {
    const { arrangement, settled } = seen.split
    const bounds = { settled, newId: () => crypto.randomUUID() }
    try {
      const now = keepingSettled(arrangement, change(arrangement, bounds), bounds)
      const uncovered = uncoveredSentences(seen.body, letterSentences(seen.body), now)
      const state = now.length > 0 ? 'split' : 'single'
      await arrange(
        db,
        seen,
        { state, arrangement: now, uncovered: state === 'split' ? uncovered : 0 },
        by(one),
        'comment.split',
      )
    } catch (error) {
      if (!(error instanceof Settled)) throw error
    }
  }

  function aPoint({ clause, stance, split }: SplitComment, { start, end }: Span): Point {
    return {
      ...{ id: crypto.randomUUID(), start, end, kind: 'point', clause, stance },
      ...{ themeId: null, departmentId: null, dueOn: null, concernId: null, reason: null, confirmedBy: null },
      responseId: split.arrangement.length === 0 ? split.responseId : null,
    }
  }

  async function keptFile() {
    const id = crypto.randomUUID()
    const kept = await new FileStore(config.dataDir, 'attachments').write(Buffer.from(id), id)
    return { id, name: '附件.pdf', type: 'pdf', ...kept }
  }
}
