import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { saveParticipation } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { offerNames } from '../../rules/consultations/offers.ts'
import {
  askingNames,
  checkParticipation,
  participationOf,
  personFieldNames,
  readParticipation,
  type TypedParticipation,
  typedParticipation,
} from '../../rules/consultations/participation-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import type { FieldError } from '../../rules/typed.ts'
import { actBy, mayDraft } from '../consultation.ts'

interface ParticipationPage {
  consultation: Consultation
  typed: TypedParticipation
  errors: FieldError[]
  personFields: typeof personFieldNames
  asking: typeof askingNames
  mayDraft: boolean
  offers: typeof offerNames
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/participation': ParticipationPage
  }
}

/** /office/:slug/participation: channels, what the form asks, regions, the promised day; it may change while open. */
export function participation(app: FastifyInstance, deps: Dependencies): void {
  app.get('/participation', (request, reply) =>
    show(request, reply, typedParticipation(request.consultation), []),
  )

  app.post('/participation', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    const typed = readParticipation(request.body)
    const errors = checkParticipation(typed, shanghaiDay(consultation.closesAt))
    if (errors.length > 0) return show(request, reply, typed, errors)
    await saveParticipation(deps.db, consultation, participationOf(typed), act)
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  })
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedParticipation,
  errors: FieldError[],
): Promise<FastifyReply> {
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/participation', {
    consultation: request.consultation,
    typed,
    errors,
    personFields: personFieldNames,
    asking: askingNames,
    offers: offerNames,
    mayDraft: mayDraft(request),
  })
}
