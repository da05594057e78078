import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import {
  type NewConsultation,
  putUpConsultation,
} from '../../../db/queries/consultations/new-consultations.ts'
import type { ReadDocument } from '../../../db/queries/drafts/round-drafts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { UnreadableDocument } from '../../documents/reading/unreadable-document.ts'
import { forbidden } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { isDocumentType } from '../../rules/consultations/document-types.ts'
import { documentTypeChoices, earliestClosing } from '../../rules/consultations/periods.ts'
import { isSlug } from '../../rules/consultations/slugs.ts'
import { addDays, endOfDay, shanghaiDay, startOfDay } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { readSentDraft } from '../drafts/document.ts'

interface TypedNew {
  organ: string
  document_type: string
  slug: string
  text: string
}

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
    return show(reply, { organ: '', document_type: '', slug: '', text: '' }, [])
  })

  app.post('/consultations', async (request, reply) => {
    const staffId = allowDrafter(request)
    const typed = readTyped(request.body)
    const { document, errors } = await check(typed, request.body)
    if (!document || errors.length > 0) return show(reply, typed, errors)
    const facts = await startingFacts(deps, typed, document)
    try {
      await putUpConsultation(deps.db, facts, document, { staffId, now: deps.now() })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return show(reply, typed, [slugTaken])
    }
    return reply.redirect(`/office/${facts.slug}/rounds/1/outline`, 303)
  })
}

/** Whoever drafts in one consultation may put up another. @throws PageError 403 */
function allowDrafter(request: FastifyRequest): string {
  const { id, grants } = memberOf(request)
  if (!grants.some(({ role }) => role === 'drafter')) throw forbidden()
  return id
}

function readTyped(form: unknown): TypedNew {
  return {
    organ: typedText(form, 'organ'),
    document_type: typedText(form, 'document_type'),
    slug: typedText(form, 'slug'),
    text: typedText(form, 'text'),
  }
}

async function check(
  { organ, document_type, slug }: TypedNew,
  form: unknown,
): Promise<{ document: ReadDocument | null; errors: FieldError[] }> {
  const problems: [string, string | null][] = [
    ['organ', textProblem(organ, { name: '征求意见的单位', required: true, most: 100 })],
    ['document_type', isDocumentType(document_type) ? null : '请选择文件类型'],
    ['slug', isSlug(slug) ? null : '网址名只能用小写字母、数字和连字符，例如 zhongxiao-qiye-2026'],
  ]
  const errors = problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
  try {
    return { document: await readSentDraft(form), errors }
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return { document: null, errors: [{ field: 'file', message: error.message }, ...errors] }
  }
}

const slugTaken: FieldError = { field: 'slug', message: '这个网址名已经用过，请换一个' }

/** Opens tomorrow for the type's minimum period. Comments are public only after closing unless the office says otherwise. */
async function startingFacts(
  { db, now }: Dependencies,
  { organ, document_type, slug }: TypedNew,
  { draft }: ReadDocument,
): Promise<NewConsultation> {
  const opensOn = addDays(shanghaiDay(now()), 1)
  return {
    slug,
    title: draft.title || '未命名的征求意见稿',
    organ,
    documentType: document_type,
    publicationPolicy: 'after_closing',
    explanation: '',
    regions: [],
    opensAt: startOfDay(opensOn),
    closesAt: endOfDay(earliestClosing(opensOn, document_type, await calendarOverrides(db))),
  }
}

async function show(reply: FastifyReply, typed: TypedNew, errors: FieldError[]): Promise<FastifyReply> {
  return reply
    .code(errors.length > 0 ? 422 : 200)
    .page('office/consultations/consultation-form', { typed, errors, documentTypes: documentTypeChoices })
}
