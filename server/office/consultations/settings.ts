import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import { saveFacts } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { changedMeanwhile } from '../../plugins/page-error.ts'
import { factsForm, factsOf, givenFacts, type TypedFacts } from '../../rules/consultations/facts-form.ts'
import { documentTypeChoices } from '../../rules/consultations/periods.ts'
import { publicationPolicies } from '../../rules/consultations/publication-policies.ts'
import { lastAnnouncedYear } from '../../rules/consultations/working-days.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { published } from '../conflicts.ts'
import { actBy, mayDraft } from '../consultation.ts'
import { keepExplanation, sentExplanation } from './explanation.ts'

interface SettingsPage {
  consultation: Consultation
  typed: TypedFacts
  errors: FieldError[]
  documentTypes: typeof documentTypeChoices
  policies: [value: string, name: string][]
  lastAnnouncedYear: number
  mayDraft: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/settings': SettingsPage
  }
}

/** /office/:slug/settings: what is put out and for how long; publishing fixes it. The explanation may come as a file. */
export function settings(app: FastifyInstance, deps: Dependencies): void {
  app.get('/settings', (request, reply) => show(request, reply, givenFacts(request.consultation), []))

  app.post('/settings', async (request, reply) => {
    const act = actBy(request, deps, 'drafter')
    const consultation = asSeen(request)
    const calendar = await calendarOverrides(deps.db)
    const form = factsForm(calendar)
    const facts = form.typed(request.body)
    const sent = await sentExplanation(request.body, facts.remove_explanation_file)
    const typed = { ...facts, explanation: sent.text ?? facts.explanation }
    const { values, errors } = form.read(typed)
    if (!values || sent.errors.length > 0) return show(request, reply, typed, [...errors, ...sent.errors])
    const file = sent.file && (await keepExplanation(deps, sent.file))
    await saveFacts(deps.db, consultation, factsOf(values, calendar), file, act)
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

/** The consultation, if it is not published and still as the person saw it who sent the form. @throws PageError 409 */
export function asSeen({ body, consultation }: FastifyRequest): Consultation {
  if (consultation.publishedAt) throw published()
  if (typedText(body, 'revision') !== String(consultation.revision)) throw changedMeanwhile()
  return consultation
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedFacts,
  errors: FieldError[],
): Promise<FastifyReply> {
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/settings', {
    consultation: request.consultation,
    typed,
    errors,
    documentTypes: documentTypeChoices,
    policies: Object.entries(publicationPolicies),
    lastAnnouncedYear,
    mayDraft: mayDraft(request),
  })
}
