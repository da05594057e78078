import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import { revisedWordingsOf, waitingWordings } from '../../../db/queries/wordings/revised-wordings.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { typedText } from '../../rules/typed.ts'
import { type WordingState, waitingState, wordingStateNames } from '../../rules/wordings/wording-states.ts'
import { wordingsAddress } from './wordings-address.ts'

interface ListedWording {
  href: string
  name: string
  /** The round whose clause it rewords, where that is not the newest one. */
  round: number | null
  state: WordingState
  stateName: string
  reason: string
  by: string
  approver: string | null
  time: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/wordings/wordings': {
      consultation: Consultation
      wordings: ListedWording[]
      states: { name: string; count: number; href: string; isCurrent: boolean }[]
      /** Those that the reader proposed are left out: another person approves them. */
      leavesOwn: boolean
    }
  }
}

/**
 * GET /office/:slug/wordings?state=&approver=&proposer=: the clauses that the office has reworded, in document order, with what
 * waits for a second person; for an approver without what they have proposed themselves.
 */
export function wordings(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/wordings', async (request, reply) => {
    const { consultation, query } = request
    const { id } = consultation
    const [approved, waiting, clauses] = await Promise.all([
      revisedWordingsOf(db, id),
      waitingWordings(db, id),
      orderedClauses(db, id),
    ])
    const names = await staffNames(
      db,
      [...approved, ...waiting].flatMap(({ staffId, approvedBy }) => [staffId, approvedBy]),
    )
    const state = typedText(query, 'state')
    const [approver, proposer] = [typedText(query, 'approver'), typedText(query, 'proposer')]
    const newest = Math.max(...clauses.map(({ round }) => round))
    const all = [
      ...waiting.map((one) => ({ ...one, state: waitingState(one) })),
      ...approved.map((one) => ({ ...one, state: 'approved' as const })),
    ]
    const asked = all.filter(
      (one) =>
        (state === '' || one.state === state) &&
        (approver === '' || approver !== one.staffId) &&
        (proposer === '' || proposer === one.staffId),
    )
    return reply.page('office/wordings/wordings', {
      consultation,
      wordings: clauses.flatMap(({ key, name }) =>
        asked
          .filter(({ clause }) => clause === key)
          .map(({ round, state, reason, staffId, approvedBy, approvedAt, updatedAt }) => ({
            href: `/office/${consultation.slug}/clauses/${key}#wordings`,
            name,
            round: round === newest ? null : round,
            state,
            stateName: wordingStateNames[state],
            reason,
            by: nameOf(Object.fromEntries(names), staffId),
            approver: approvedBy && (names.get(approvedBy) ?? null),
            time: shanghaiMinute(approvedAt ?? updatedAt),
          })),
      ),
      states: [
        { name: '全部', of: '' },
        ...Object.entries(wordingStateNames).map(([of, name]) => ({ name, of })),
      ].map(({ name, of }) => ({
        name,
        count: all.filter((one) => of === '' || one.state === of).length,
        href: wordingsAddress(consultation, of === '' ? {} : { state: of }),
        isCurrent: approver === '' && proposer === '' && of === state,
      })),
      leavesOwn: approver !== '',
    })
  })
}
