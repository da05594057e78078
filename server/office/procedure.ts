import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../db/queries/consultations.ts'
import { type ProcedureFile, procedureFilesOf } from '../../db/queries/procedure-files.ts'
import { addProcedureStep, type ProcedureStep, procedureStepsOf } from '../../db/queries/procedure-steps.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberWith } from '../plugins/roles.ts'
import { isDay } from '../rules/days.ts'
import { procedureStepNames } from '../rules/procedure-steps.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'
import { consultationOf } from './consultation.ts'

interface TypedStep {
  step: string
  held_on: string
  document_number: string
  note: string
}

interface ProcedurePage {
  consultation: Consultation
  address: string
  steps: (ProcedureStep & { files: ProcedureFile[] })[]
  /** 依据: the files of no step. */
  basis: ProcedureFile[]
  names: readonly string[]
  typed: TypedStep
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/procedure': ProcedurePage
  }
}

/** GET /office/:slug/procedure: 程序台账, each step with its day and its papers' number. */
export function procedurePage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/procedure', await pageOf(deps, request))
}

/** POST /office/:slug/procedure */
export function newProcedureStep(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id: staffId } = memberWith(request, consultationOf(request).id, 'drafter', 'approver')
    const page = await pageOf(deps, request)
    const typed = typedStep(request.body)
    const errors = problemsOf(typed)
    if (errors.length > 0) return reply.code(422).page('office/procedure', { ...page, typed, errors })
    const { step, held_on: heldOn, document_number, note } = typed
    const kept = { step, heldOn, documentNumber: document_number || null, note: note || null }
    await addProcedureStep(deps.db, page.consultation.id, kept, staffId, deps.now())
    return reply.redirect(page.address, 303)
  }
}

function typedStep(form: unknown): TypedStep {
  return {
    step: typedText(form, 'step'),
    held_on: typedText(form, 'held_on'),
    document_number: typedText(form, 'document_number'),
    note: typedText(form, 'note'),
  }
}

function problemsOf({ step, held_on, document_number, note }: TypedStep): FieldError[] {
  const problems: [string, string | null][] = [
    ['step', procedureStepNames.includes(step) ? null : '请选择环节'],
    ['held_on', isDay(held_on) ? null : '请填写日期，例如 2026-12-31'],
    ['document_number', textProblem(document_number, { name: '文号', most: 60 })],
    ['note', textProblem(note, { name: '说明', most: 2000 })],
  ]
  return problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
}

/** The page with nothing typed in its form. */
export async function pageOf({ db }: Dependencies, request: FastifyRequest): Promise<ProcedurePage> {
  const consultation = consultationOf(request)
  const [steps, files] = await Promise.all([
    procedureStepsOf(db, consultation.id),
    procedureFilesOf(db, consultation.id),
  ])
  return {
    consultation,
    address: `/office/${consultation.slug}/procedure`,
    steps: steps.map((step) => ({ ...step, files: files.filter(({ stepId }) => stepId === step.id) })),
    basis: files.filter(({ stepId }) => stepId === null),
    names: procedureStepNames,
    typed: { step: '', held_on: '', document_number: '', note: '' },
    errors: [],
  }
}
