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
import { currentVersion } from '../../db/queries/versions/office-versions.ts'

import type { Act, Around } from './around.ts'

/** What the office does with its answers. */
export function answerActs(around: Around): Record<string, Act> {
  const { db, consultationId, one, other, by, chance, any, anyResponse, next } = around

  return {
    draftAnswer: async () => {
      const row = await any(['published'])
      const answer = { outcome: 'adopted', reason: `已采纳旧词 ${next()}`, summary: null } as const
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
        reason: `另作说明 ${next()}`,
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
  }
}
