import { choice, matching, optional, text, tick, unjudged } from '../fields.ts'
import { form, type Read, type TypedIn } from '../form.ts'
import {
  type Admission,
  admissionNames,
  areCompatible,
  needsReason,
  type Publication,
  publicationNames,
  stateAfter,
} from './comment-states.ts'
import type { Reason } from './reasons.ts'

/** The longest note, in characters. */
const longestNote = 500

/** One moderator's ruling on the version of a comment that they read. */
export interface Ruling {
  admission: Admission
  publication: Publication
  /** A reason's code; null where the comment is published. */
  reason: string | null
  note: string | null
  /** 已转办: handed to where the matter belongs. */
  transferred: boolean
  version: number
}

const choose = '请选择：纳入研究并公开、纳入研究不公开，或者不纳入研究'

/**
 * One moderator's decision. `hide` is how many found pieces the moderator saw and hides by publishing, `answer` what the
 * author of an appeal is told.
 * @param reasons those that may be given
 */
export function decisionForm(reasons: readonly Reason[]) {
  return form(
    {
      admission: choice(admissionNames, choose),
      publication: choice(publicationNames, choose),
      version: matching(/^[1-9]\d{0,8}$/, '页面已过期，请刷新后再作决定'),
      reason: unjudged(),
      note: optional(text({ name: '备注', most: longestNote })),
      transferred: tick(),
      hide: unjudged(),
      answer: unjudged(),
    },
    ({ admission, publication, reason }) => {
      const state = stateAfter(admission, publication)
      const isGiven =
        !needsReason(state) || reasons.some(({ code, for: of }) => code === reason && of === state)
      return [
        ['admission', areCompatible(admission, publication) ? null : choose],
        ['reason', isGiven ? null : '请选择理由：公众看不到的意见，都要告诉提出的人为什么'],
      ]
    },
  )
}
export type TypedDecision = TypedIn<ReturnType<typeof decisionForm>>

/** The ruling that a decision says, or what has to be put right. */
export function readRuling(typed: TypedDecision, reasons: readonly Reason[]): Read<Ruling> {
  const { values, errors } = decisionForm(reasons).read(typed)
  if (!values) return { values, errors }
  const { hide: _, answer: __, reason, version, ...ruling } = values
  const isOwed = needsReason(stateAfter(ruling.admission, ruling.publication))
  return { values: { ...ruling, reason: isOwed ? reason : null, version: Number(version) }, errors: [] }
}

/** What the author of an appeal is told. */
export const answerForm = form({ answer: text({ name: '复核答复', most: longestNote }) })

/** Why a decided comment waits again. */
export const reopeningForm = form({ reason: text({ name: '重新审核的理由', most: longestNote }) })
export type TypedReopening = TypedIn<typeof reopeningForm>
