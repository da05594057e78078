import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import {
  addResponseTemplate,
  changeResponseTemplate,
  type ResponseTemplate,
  removeResponseTemplate,
  responseTemplatesOf,
} from '../../../db/queries/answers/response-templates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { readAnswer } from '../../rules/answers/answer-form.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf } from '../../rules/names.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { consultationOf, mayWrite } from '../consultation.ts'

interface TemplatesPage {
  consultation: Consultation
  address: string
  templates: (ResponseTemplate & { outcomeName: string })[]
  /** The template that is being changed; null for a new one. */
  editing: string | null
  mayWrite: boolean
  outcomes: [string, string][]
  typed: { name: string; outcome: string; reason: string }
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/templates': TemplatesPage
  }
}

/** GET /office/:slug/templates, or ?template= to change one: reasons that are often given. */
export function templatesPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const asked: unknown = Reflect.get(Object(request.query), 'template')
    const template = page.templates.find(({ id }) => id === asked)
    return reply.page(
      'office/answers/templates',
      template ? { ...page, editing: template.id, typed: template } : page,
    )
  }
}

/** POST /office/:slug/templates */
export function newTemplate(deps: Dependencies) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    keep(deps, request, reply, null)
}

/** POST /office/:slug/templates/:template */
export function changedTemplate(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    keep(deps, request, reply, (await named(deps, request)).id)
}

/** POST /office/:slug/templates/:template/removal */
export function templateRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, address, id } = await named(deps, request)
    await removeResponseTemplate(deps.db, consultation.id, id, memberOf(request).id, deps.now())
    return reply.redirect(address, 303)
  }
}

async function keep(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  editing: string | null,
): Promise<FastifyReply> {
  const page = await pageOf(deps, request)
  const typed = {
    name: typedText(request.body, 'name'),
    outcome: typedText(request.body, 'outcome'),
    reason: typedText(request.body, 'reason'),
  }
  const nameProblem = textProblem(typed.name, { name: '模板名称', required: true, most: 40 })
  const { answer, errors } = readAnswer({ ...typed, summary: '' }, false)
  const problems = nameProblem ? [{ field: 'name', message: nameProblem }, ...errors] : errors
  const refused =
    answer && problems.length === 0 ? await store(deps, request, { id: editing, ...typed }) : problems
  if (refused.length === 0) return reply.redirect(page.address, 303)
  return reply.code(422).page('office/answers/templates', { ...page, editing, typed, errors: refused })
}

async function store(
  { db, now }: Dependencies,
  request: FastifyRequest,
  { id, ...template }: Omit<ResponseTemplate, 'id'> & { id: string | null },
): Promise<FieldError[]> {
  const consultation = consultationOf(request)
  const { id: staffId } = memberOf(request)
  try {
    if (id === null) await addResponseTemplate(db, consultation.id, template, staffId, now())
    else await changeResponseTemplate(db, consultation.id, { id, ...template }, staffId, now())
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [{ field: 'name', message: `已经有名为“${template.name}”的模板` }]
  }
}

async function named(deps: Dependencies, request: FastifyRequest) {
  const { consultation, address, templates } = await pageOf(deps, request)
  const id: unknown = Reflect.get(Object(request.params), 'template')
  const template = templates.find((one) => one.id === id)
  if (!template) throw notFound()
  return { consultation, address, id: template.id }
}

async function pageOf({ db }: Dependencies, request: FastifyRequest): Promise<TemplatesPage> {
  const consultation = consultationOf(request)
  const templates = await responseTemplatesOf(db, consultation.id)
  return {
    consultation,
    address: `/office/${consultation.slug}/templates`,
    templates: templates.map((one) => ({ ...one, outcomeName: nameOf(outcomeNames, one.outcome) })),
    editing: null,
    mayWrite: mayWrite(request),
    outcomes: Object.entries(outcomeNames),
    typed: { name: '', outcome: '', reason: '' },
    errors: [],
  }
}
