import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type ProcedureFile, procedureFilesOf } from '../../../db/queries/outcomes/procedure-files.ts'
import {
  addProcedureStep,
  changeProcedureStep,
  type ProcedureStep,
  procedureStepsOf,
  removeProcedureStep,
  versionedStep,
} from '../../../db/queries/outcomes/procedure-steps.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { procedureStepNames, stepForm, type TypedStep } from '../../rules/outcomes/procedure-steps.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'

type ShownStep = ProcedureStep & { files: ProcedureFile[] }

interface ProcedurePage {
  consultation: Consultation
  address: string
  steps: ShownStep[]
  /** 依据: the files of no step. */
  basis: ProcedureFile[]
  names: readonly string[]
  mayWrite: boolean
  /** The step that is being changed; null for a new one. */
  editing: string | null
  /** Who saved it last; null for a new one. */
  saved: Saved | null
  typed: TypedStep
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/procedure': ProcedurePage
  }
}

interface OfStep {
  Params: { step: string }
}

/** /office/:slug/procedure, or ?step= to change one: 程序台账, each step with its day and its papers. */
export function procedure(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Querystring: { step?: unknown } }>('/procedure', async (request, reply) => {
    const page = await procedurePage(deps, request)
    const step = page.mayWrite ? page.steps.find(({ id }) => id === request.query.step) : undefined
    if (!step) return reply.page('office/outcomes/procedure', page)
    const { consultation } = request
    const versioned = versionedStep(consultation.id, step.id)
    const version = await currentVersion(deps.db, versioned)
    return reply.page('office/outcomes/procedure', {
      ...page,
      editing: step.id,
      saved: savedAs(consultation, versioned, version),
      typed: stepForm.given({ ...step, revision: version?.revision ?? 0 }),
    })
  })

  app.post('/procedure', (request, reply) => keep(deps, request, reply, null))

  app.post<OfStep>('/procedure/:step', async (request, reply) =>
    keep(deps, request, reply, await stepAsked(deps, request)),
  )

  app.post<OfStep>('/procedure/:step/removal', async (request, reply) => {
    const { step } = await stepAsked(deps, request)
    // A step that still has files keeps them from being lost.
    if (!(await doneUnless('stale', removeProcedureStep(deps.db, step, actOf(request, deps))))) {
      const message = `“${step.step}”（${step.heldOn}）还有附件，请先删除附件，再删除这个环节`
      const page = await procedurePage(deps, request)
      return reply
        .code(409)
        .page('office/outcomes/procedure', { ...page, errors: [{ field: `file-${step.id}`, message }] })
    }
    return reply.redirect(addressOf(request.consultation), 303)
  })
}

interface AskedStep {
  step: ProcedureStep
  steps: ProcedureStep[]
}

/** The step that the address names, among all. @throws PageError 404 */
async function stepAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfStep>,
): Promise<AskedStep> {
  const steps = await procedureStepsOf(db, consultation.id)
  const step = steps.find(({ id }) => id === params.step)
  if (!step) throw notFound()
  return { step, steps }
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/procedure`
}

/** Stores a new step or the changed one, and goes back to the page; with what is wrong, where something is. */
async function keep(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedStep | null,
): Promise<FastifyReply> {
  const { consultation } = request
  const { typed, values, errors } = stepForm.sent(request.body)
  const editing = asked?.step.id ?? null
  if (!values) {
    const page = await procedurePage(deps, request, asked?.steps)
    return reply.code(422).page('office/outcomes/procedure', { ...page, editing, typed, errors })
  }
  const { id: consultationId } = consultation
  const act = actOf(request, deps)
  if (editing === null) await addProcedureStep(deps.db, consultationId, values, act)
  else {
    const changing = changeProcedureStep(deps.db, { ...values, id: editing, consultationId }, act)
    if (!(await doneUnless('stale', changing)))
      return conflict(deps, request, reply, versionedStep(consultationId, editing), typed)
  }
  return reply.redirect(addressOf(consultation), 303)
}

/** The page with nothing typed in its form. @param known the steps, where they are read */
export async function procedurePage(
  { db }: Dependencies,
  request: FastifyRequest,
  known?: ProcedureStep[],
): Promise<ProcedurePage> {
  const { consultation } = request
  const [steps, files] = await Promise.all([
    known ?? procedureStepsOf(db, consultation.id),
    procedureFilesOf(db, consultation.id),
  ])
  return {
    consultation,
    address: addressOf(consultation),
    steps: steps.map((step) => ({ ...step, files: files.filter(({ stepId }) => stepId === step.id) })),
    basis: files.filter(({ stepId }) => stepId === null),
    names: procedureStepNames,
    mayWrite: mayWrite(request),
    editing: null,
    saved: null,
    typed: stepForm.blank,
    errors: [],
  }
}
