import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { endorse, endorsementStatus, withdrawEndorsement } from '../../db/queries/comments/endorsements.ts'
import { keptCommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { confirmOrganisation } from '../../db/queries/moderation/confirmations.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { restoreOriginal } from '../../db/queries/moderation/originals.ts'
import { appealHeard, reopen } from '../../db/queries/moderation/reviews.ts'
import { castVote } from '../../db/queries/moderation/votes.ts'
import { appeal, maskName, reviseComment, withdraw } from '../../db/queries/receipts/receipt-acts.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { appeals, comments, submissions } from '../../db/schema/index.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { recordKeptUntil } from '../../server/rules/receipts/unlawful-records.ts'

import type { Act, Around } from './around.ts'

/** What citizens do with their comments, and moderators with them. */
export function commentActs(around: Around): Record<string, Act> {
  const { db, seals, now, config, consultationId, one, third, by, chance, codes, said, any, next, staff } =
    around
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
        `random-${next()}-${chance(1e9)}`,
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
        `e-${next()}`,
        now(),
      )
      codes.push(code)
    },
    withdrawEndorsement: async () => {
      const code = codes.pop()
      const status = code && (await endorsementStatus(db, seals, code))
      if (status) await withdrawEndorsement(db, status, now())
    },
  }

  async function keptFile() {
    const id = crypto.randomUUID()
    const kept = await new FileStore(config.dataDir, 'attachments').write(Buffer.from(id), id)
    return { id, name: '附件.pdf', type: 'pdf', ...kept }
  }
}
