import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type ProcedureFile, procedureFilesOf } from '../../../db/queries/outcomes/procedure-files.ts'
import {
  addProcedureStep,
  changeProcedureStep,
  type ProcedureStep,
  procedureStepsOf,
  removeProcedureStep,
} from '../../../db/queries/outcomes/procedure-steps.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import {
  emptyStep,
  procedureStepNames,
  readStep,
  type TypedStep,
  typedStep,
} from '../../rules/outcomes/procedure-steps.ts'
import type { FieldError } from '../../rules/typed.ts'
import { consultationOf, mayWrite } from '../consultation.ts'

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
  typed: TypedStep
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/procedure': ProcedurePage
  }
}

/** GET /office/:slug/procedure, or ?step= to change one: 程序台账, each step with its day and its papers. */
export function procedurePage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const asked: unknown = Reflect.get(Object(request.query), 'step')
    const step = page.mayWrite ? page.steps.find(({ id }) => id === asked) : undefined
    return reply.page(
      'office/outcomes/procedure',
      step ? { ...page, editing: step.id, typed: asTyped(step) } : page,
    )
  }
}

/** POST /office/:slug/procedure */
export function newProcedureStep(deps: Dependencies) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    keep(deps, request, reply, null)
}

/** POST /office/:slug/procedure/:step */
export function changedProcedureStep(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    keep(deps, request, reply, (await named(deps, request)).id)
}

/** POST /office/:slug/procedure/:step/removal: a step that still has files keeps them from being lost. */
export function procedureStepRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id: staffId } = memberOf(request)
    const step = await named(deps, request)
    try {
      await removeProcedureStep(deps.db, step, staffId, deps.now())
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const message = `“${step.step}”（${step.heldOn}）还有附件，请先删除附件，再删除这个环节`
      return reply.code(409).page('office/outcomes/procedure', {
        ...(await pageOf(deps, request)),
        errors: [{ field: 'step', message }],
      })
    }
    return reply.redirect(`/office/${consultationOf(request).slug}/procedure`, 303)
  }
}

async function keep(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  editing: string | null,
): Promise<FastifyReply> {
  const { id: staffId } = memberOf(request)
  const page = await pageOf(deps, request)
  const typed = typedStep(request.body)
  const { step, errors } = readStep(typed)
  if (!step) return reply.code(422).page('office/outcomes/procedure', { ...page, editing, typed, errors })
  const { id: consultationId } = page.consultation
  if (editing === null) await addProcedureStep(deps.db, consultationId, step, staffId, deps.now())
  else await changeProcedureStep(deps.db, { ...step, id: editing, consultationId }, staffId, deps.now())
  return reply.redirect(page.address, 303)
}

async function named(deps: Dependencies, request: FastifyRequest): Promise<ShownStep> {
  const { steps } = await pageOf(deps, request)
  const id: unknown = Reflect.get(Object(request.params), 'step')
  const step = steps.find((one) => one.id === id)
  if (!step) throw notFound()
  return step
}

function asTyped({ step, heldOn, documentNumber, note }: ProcedureStep): TypedStep {
  return { step, held_on: heldOn, document_number: documentNumber ?? '', note: note ?? '' }
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
    mayWrite: mayWrite(request),
    editing: null,
    typed: emptyStep,
    errors: [],
  }
}
