import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import {
  type NewConsultation,
  putUpConsultation,
} from '../../../db/queries/consultations/new-consultations.ts'
import type { ReadDocument } from '../../../db/queries/drafts/round-drafts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { forbidden } from '../../plugins/page-error.ts'
import { actOf, memberOf } from '../../plugins/roles.ts'
import { documentTypes } from '../../rules/consultations/document-types.ts'
import { documentTypeChoices, earliestClosing } from '../../rules/consultations/periods.ts'
import { isSlug } from '../../rules/consultations/slugs.ts'
import { addDays, endOfDay, shanghaiDay, startOfDay } from '../../rules/days.ts'
import { choice, oneOf, text } from '../../rules/fields.ts'
import { form, type TypedIn, type ValuesIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { unlessTaken } from '../conflicts.ts'
import { draftFields, sentDraft } from '../drafts/document.ts'

const newForm = form({
  ...draftFields,
  organ: text({ name: '征求意见的单位', most: 100 }),
  document_type: choice(documentTypes, '请选择文件类型'),
  slug: oneOf({ has: isSlug }, '网址名只能用小写字母、数字和连字符，例如 zhongxiao-qiye-2026'),
})
type TypedNew = TypedIn<typeof newForm>

interface NewPage {
  typed: TypedNew
  errors: FieldError[]
  documentTypes: typeof documentTypeChoices
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/consultation-form': NewPage
  }
}

/** GET /office/consultations/new, and POST /office/consultations: a draft, its organ and type; the rest the office then changes. */
export function consultationForm(app: FastifyInstance, deps: Dependencies): void {
  app.get('/consultations/new', async (request, reply) => {
    allowDrafter(request)
    return show(reply, newForm.blank, [])
  })

  app.post('/consultations', async (request, reply) => {
    allowDrafter(request)
    const { typed, values, errors } = newForm.sent(request.body)
    const { document, problem } = await sentDraft(request.body)
    if (!document || !values) return show(reply, typed, [...problem, ...errors])
    const facts = await startingFacts(deps, values, document)
    const act = actOf(request, deps)
    const wrong = await unlessTaken(putUpConsultation(deps.db, facts, document, act), slugTaken)
    if (wrong.length > 0) return show(reply, typed, wrong)
    return reply.redirect(`/office/${facts.slug}/rounds/1/outline`, 303)
  })
}

/** Whoever drafts in one consultation may put up another. @throws PageError 403 */
function allowDrafter(request: FastifyRequest): void {
  const { grants } = memberOf(request)
  if (!grants.some(({ role }) => role === 'drafter')) throw forbidden()
}

const slugTaken: FieldError = { field: 'slug', message: '这个网址名已经用过，请换一个' }

/** Opens tomorrow for the type's minimum period. Comments are public only after closing unless the office says otherwise. */
async function startingFacts(
  { db, now }: Dependencies,
  { organ, documentType, slug }: ValuesIn<typeof newForm>,
  { draft }: ReadDocument,
): Promise<NewConsultation> {
  const opensOn = addDays(shanghaiDay(now()), 1)
  return {
    slug,
    title: draft.title || '未命名的征求意见稿',
    organ,
    documentType,
    publicationPolicy: 'after_closing',
    explanation: '',
    regions: [],
    opensAt: startOfDay(opensOn),
    closesAt: endOfDay(earliestClosing(opensOn, documentType, await calendarOverrides(db))),
  }
}

async function show(reply: FastifyReply, typed: TypedNew, errors: FieldError[]): Promise<FastifyReply> {
  return reply
    .code(errors.length > 0 ? 422 : 200)
    .page('office/consultations/consultation-form', { typed, errors, documentTypes: documentTypeChoices })
}
