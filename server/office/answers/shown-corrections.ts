import type { FastifyRequest } from 'fastify'
import type { Response } from '../../../db/queries/answers/listed-responses.ts'
import type { ReadCorrection } from '../../../db/queries/answers/read-corrections.ts'
import { memberOf } from '../../plugins/roles.ts'
import { correctionStateNames, type TypedCorrection } from '../../rules/answers/correction-form.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { saidInWords } from '../../rules/versions/version-kinds.ts'
import type { Piece } from '../../text/words/lit.ts'
import { mayWrite } from '../consultation.ts'
import { litOver } from '../versions/compared.ts'

interface ShownCorrection {
  address: string
  stateName: string
  cause: string
  /** What it changes: what was said before, and what is said instead, lit where it differs. */
  fields: { label: string; before: string; pieces: Piece[] }[]
  steps: { name: string; by: string; at: string }[]
  note: string | null
}

/** How an approved answer was corrected, and what may be done about that now. */
export interface ShownCorrections {
  waiting: (ShownCorrection & { mayApprove: boolean; mayWithdraw: boolean }) | null
  past: ShownCorrection[]
  mayPropose: boolean
  /** What was proposed and sent back, to be put right in the form; empty where nothing was. */
  returned: Partial<Pick<TypedCorrection, 'outcome' | 'reason' | 'summary' | 'cause'>>
}

/** The ids of who proposed them and who decided on them. */
export function whoCorrected(corrections: readonly ReadCorrection[]): (string | null)[] {
  return corrections.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy])
}

/** @param names of staff by their ids */
export function shownCorrections(
  request: FastifyRequest,
  { id }: Response,
  found: readonly ReadCorrection[],
  names: ReadonlyMap<string, string>,
): ShownCorrections {
  const { consultation } = request
  const address = `/office/${consultation.slug}/responses/${id}/corrections`
  const shown = found.map((correction) => ({
    ...shownCorrection(correction, names),
    address: `${address}/${correction.id}`,
  }))
  const { id: memberId, grants } = memberOf(request)
  const [newest] = found
  const [first, ...rest] = shown
  const waiting = newest?.state === 'proposed' && first ? first : null
  const { outcome, reason, summary, cause } = newest?.state === 'returned' ? newest : noCorrection
  return {
    waiting: waiting && {
      ...waiting,
      mayApprove: newest?.proposedBy !== memberId && hasRole(grants, ['approver'], consultation.id),
      mayWithdraw: mayWrite(request),
    },
    past: waiting ? rest : shown,
    mayPropose: mayWrite(request) && !waiting,
    returned: outcome ? { outcome, reason, summary: summary ?? '', cause } : {},
  }
}

const noCorrection = { outcome: null, reason: '', summary: null, cause: '' }

function shownCorrection(
  { before, ...correction }: ReadCorrection,
  names: ReadonlyMap<string, string>,
): Omit<ShownCorrection, 'address'> {
  const { state, cause, proposedBy, proposedAt, decidedBy, decidedAt, returnNote, outcome, reason, summary } =
    correction
  const clauses = new Map<string, string>()
  const old = saidInWords('answer', before ?? {}, clauses)
  const now = saidInWords('answer', { outcome, reason, summary }, clauses)
  const decided = { approved: '批准', returned: '退回', withdrawn: '撤回' }
  const steps = [
    { name: '提出', staffId: proposedBy, time: proposedAt },
    { name: nameOf(decided, state), staffId: decidedBy, time: decidedAt },
  ]
  return {
    stateName: nameOf(correctionStateNames, state),
    cause,
    fields: now
      .map((field, place) => ({ field, before: old[place]?.text ?? '' }))
      .filter(({ field, before }) => field.text !== before)
      .map(({ field, before }) => ({ label: field.label, before, pieces: litOver(before, field) })),
    steps: steps.flatMap(({ name, staffId, time }) =>
      staffId && time ? [{ name, by: names.get(staffId) ?? '', at: shanghaiMinute(time) }] : [],
    ),
    note: returnNote,
  }
}
