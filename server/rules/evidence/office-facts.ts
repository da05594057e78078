import type { Fact, FactKind } from './facts.ts'

function fact(kind: FactKind, row: string, content: readonly unknown[] | null): Fact {
  return { kind, row, version: 1, content, parts: [] }
}

interface Endorsed {
  id: string
  consultationId: string
  commentId: string
  receiptNumber: string
  createdAt: Date
  withdrawnAt: Date | null
}

/** 附议. */
export function endorsementFact(endorsement: Endorsed): Fact {
  const { id, consultationId, commentId, receiptNumber, createdAt, withdrawnAt } = endorsement
  return fact('endorsements', id, [consultationId, commentId, receiptNumber, createdAt, withdrawnAt])
}

interface Answer {
  id: string
  consultationId: string
  outcome: string
  reason: string
  summary: string | null
  correctedAt?: Date | null
  correctionCause?: string | null
}

/** What an answer says, and why it was corrected last where it was. */
export function answerFact(answer: Answer): Fact {
  const { id, consultationId, outcome, reason, summary, correctedAt, correctionCause } = answer
  const correction = correctedAt ? [correctedAt, correctionCause] : []
  return fact('answers', id, [consultationId, outcome, reason, summary, ...correction])
}

interface AnswerCorrection {
  id: string
  responseId: string
  revision: number
  outcome: string
  reason: string
  summary: string | null
  cause: string
  state: string
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  returnNote: string | null
}

/** What an approved answer is to say instead, who proposed that and who decided on it. */
export function answerCorrectionFact(correction: AnswerCorrection): Fact {
  const { id, responseId, revision, outcome, reason, summary, cause } = correction
  const { state, proposedBy, proposedAt, decidedBy, decidedAt, returnNote } = correction
  const proposed = [responseId, revision, outcome, reason, summary, cause, proposedBy, proposedAt]
  return fact('answer_corrections', id, [...proposed, state, decidedBy, decidedAt, returnNote])
}

interface AnswerState {
  id: string
  state: string
  draftedBy?: string
  submittedAt?: Date | null
  approvedBy?: string | null
  approvedAt?: Date | null
}

/** How far an answer has come, and by whom. */
export function answerStateFact(answer: AnswerState): Fact {
  const { id, state, draftedBy, submittedAt, approvedBy, approvedAt } = answer
  const by =
    state === 'submitted' ? [draftedBy, submittedAt] : state === 'approved' ? [approvedBy, approvedAt] : []
  return fact('answer_states', id, [state, ...by])
}

interface ConfirmedReply {
  id: string
  consultationId: string
  departmentId: string
  kind: string
  target: string
  outcome: string
  reason: string
  confirmedBy: string | null
  confirmedAt: Date | null
  letterNumber: string | null
  letterOn: string | null
  fileSha256: string | null
}

/** What a department has confirmed by letter. */
export function departmentReplyFact(reply: ConfirmedReply): Fact {
  const { id, consultationId, departmentId, kind, target, outcome, reason } = reply
  const { confirmedBy, confirmedAt, letterNumber, letterOn, fileSha256 } = reply
  const letter = [confirmedBy, confirmedAt, letterNumber, letterOn, fileSha256]
  const said = [consultationId, departmentId, kind, target, outcome, reason]
  return fact('department_replies', id, [...said, ...letter])
}

interface Grant {
  staffId: string
  role: string
  consultationId: string
}

/** A role that somebody has. @param isRevoked they have it no more */
export function roleFact({ staffId, role, consultationId }: Grant, isRevoked = false): Fact {
  return fact('staff_roles', `${staffId} ${role} ${consultationId}`, isRevoked ? null : [])
}

interface ProcedureFile {
  id: string
  consultationId: string
  stepId: string | null
  name: string
  size: number
  sha256: string
  createdAt: Date
}

/** A file of 程序台账. */
export function procedureFileFact(file: ProcedureFile): Fact {
  const { id, consultationId, stepId, name, size, sha256, createdAt } = file
  return fact('procedure_files', id, [consultationId, stepId, name, size, sha256, createdAt])
}

/** Somebody took a file of 程序台账 away. */
export function removedFileFact(id: string): Fact {
  return fact('procedure_files', id, null)
}

interface ExplanationFile {
  id: string
  type: string
  size: number
  sha256: string
}

/** The file of a 起草说明; null where it was taken away. */
export function explanationFact(consultationId: string, file: ExplanationFile | null): Fact {
  return fact('explanations', consultationId, file && [file.id, file.type, file.size, file.sha256])
}

interface LogEntry {
  id: string | null
  at: Date
  staffId: string | null
  act: string
  subject: string
  detail: unknown
}

/** An entry of the log, which nobody but the portal can make. */
export function logFact({ id, at, staffId, act, subject, detail }: LogEntry): Fact {
  return fact('log', id ?? '', [at, staffId, act, subject, detail])
}
