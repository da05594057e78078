import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  addResponseTemplate,
  changeResponseTemplate,
  type ResponseTemplate,
  removeResponseTemplate,
  responseTemplatesOf,
} from '../../../db/queries/answers/response-templates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { templateForm } from '../../rules/answers/answer-form.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import type { TypedIn } from '../../rules/form.ts'
import { nameOf } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { unlessOvertaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'

interface TemplatesPage {
  consultation: Consultation
  address: string
  templates: (ResponseTemplate & { outcomeName: string })[]
  /** The template that is being changed; null for a new one. */
  editing: string | null
  /** Who saved it last; null for a new one. */
  saved: Saved | null
  mayWrite: boolean
  outcomes: [string, string][]
  typed: TypedIn<typeof templateForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/templates': TemplatesPage
  }
}

interface OfTemplate {
  Params: { template: string }
}

/** /office/:slug/templates, or ?template= to change one: reasons that are often given. */
export function templates(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Querystring: { template?: unknown } }>('/templates', async (request, reply) => {
    const asked = request.query.template
    const page = await templatesPage(deps, request, typeof asked === 'string' ? asked : null)
    return reply.page('office/answers/templates', page)
  })

  app.post('/templates', (request, reply) => keep(deps, request, reply, null))

  app.post<OfTemplate>('/templates/:template', (request, reply) =>
    keep(deps, request, reply, request.params.template),
  )

  app.post<OfTemplate>('/templates/:template/removal', async (request, reply) => {
    const { consultation } = request
    const id = await templateAsked(deps, request)
    await removeResponseTemplate(deps.db, consultation.id, id, actOf(request, deps))
    return reply.redirect(addressOf(consultation), 303)
  })
}

/** The id of the template that the address names. @throws PageError 404 */
async function templateAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfTemplate>,
): Promise<string> {
  const template = (await responseTemplatesOf(db, consultation.id)).find(({ id }) => id === params.template)
  if (!template) throw notFound()
  return template.id
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/templates`
}

/** Stores a new template or the changed one, and goes back to the page; with what is wrong, or was saved since, where something is. */
async function keep(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  editing: string | null,
): Promise<FastifyReply> {
  const { typed, values, errors } = templateForm.sent(request.body)
  const refused = values
    ? await unlessOvertaken(store(deps, request, { id: editing, ...values }), {
        field: 'name',
        message: `已经有名为“${values.name}”的模板`,
      })
    : errors
  if (!refused) return conflict(deps, request, reply, { kind: 'template', row: editing ?? '' }, typed)
  if (refused.length === 0) return reply.redirect(addressOf(request.consultation), 303)
  const page = await templatesPage(deps, request, editing)
  return reply.code(422).page('office/answers/templates', { ...page, typed, errors: refused })
}

async function store(
  deps: Dependencies,
  request: FastifyRequest,
  { id, revision, ...template }: Omit<ResponseTemplate, 'id'> & { id: string | null; revision: number },
): Promise<void> {
  const { consultation } = request
  const { db } = deps
  const act = actOf(request, deps)
  if (id === null) await addResponseTemplate(db, consultation.id, template, act)
  else await changeResponseTemplate(db, consultation.id, { id, revision, ...template }, act)
}

/** @param asked the template that is being changed; null for a new one */
async function templatesPage(
  { db }: Dependencies,
  request: FastifyRequest,
  asked: string | null,
): Promise<TemplatesPage> {
  const { consultation } = request
  const templates = await responseTemplatesOf(db, consultation.id)
  const template = templates.find(({ id }) => id === asked)
  const versioned = { consultationId: consultation.id, kind: 'template', row: template?.id ?? '' } as const
  const version = template ? await currentVersion(db, versioned) : null
  return {
    consultation,
    address: addressOf(consultation),
    templates: templates.map((one) => ({ ...one, outcomeName: nameOf(outcomeNames, one.outcome) })),
    editing: template?.id ?? null,
    saved: savedAs(consultation, versioned, version),
    mayWrite: mayWrite(request),
    outcomes: Object.entries(outcomeNames),
    typed: template
      ? templateForm.given({ ...template, revision: version?.revision ?? 0 })
      : templateForm.blank,
    errors: [],
  }
}
