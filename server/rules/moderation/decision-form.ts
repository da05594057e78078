import { type FieldError, textProblem, typedText, typedTick } from '../typed.ts'
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
export const longestNote = 500

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

/**
 * Reads the decision form: admission, publication, reason, note, version.
 * @param reasons those that may be given
 * @returns the ruling, or what is wrong with each field
 */
export function readRuling(
  form: unknown,
  reasons: readonly Reason[],
): { ruling: Ruling; errors: null } | { ruling: null; errors: FieldError[] } {
  const admission = typedText(form, 'admission')
  const publication = typedText(form, 'publication')
  const version = typedText(form, 'version')
  if (!isAdmission(admission) || !isPublication(publication) || !areCompatible(admission, publication)) {
    return refused('admission', '请选择：纳入研究并公开、纳入研究不公开，或者不纳入研究')
  }
  if (!/^[1-9]\d{0,8}$/.test(version)) {
    return refused('version', '页面已过期，请刷新后再作决定')
  }
  const state = stateAfter(admission, publication)
  const code = typedText(form, 'reason')
  if (needsReason(state) && !reasons.some((reason) => reason.code === code && reason.for === state)) {
    return refused('reason', '请选择理由：公众看不到的意见，都要告诉提出的人为什么')
  }
  const note = typedText(form, 'note')
  const problem = textProblem(note, { name: '备注', most: longestNote })
  if (problem) return refused('note', problem)
  const reason = needsReason(state) ? code : null
  return {
    ruling: {
      admission,
      publication,
      reason,
      note: note || null,
      transferred: typedTick(form, 'transferred'),
      version: Number(version),
    },
    errors: null,
  }
}

function refused(field: string, message: string): { ruling: null; errors: FieldError[] } {
  return { ruling: null, errors: [{ field, message }] }
}

function isAdmission(value: string): value is Admission {
  return Object.hasOwn(admissionNames, value)
}

function isPublication(value: string): value is Publication {
  return Object.hasOwn(publicationNames, value)
}
