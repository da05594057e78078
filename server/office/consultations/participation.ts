import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { saveParticipation } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { offerNames } from '../../rules/consultations/offers.ts'
import {
  askingNames,
  givenParticipation,
  participationForm,
  participationOf,
  personFieldNames,
  type TypedParticipation,
} from '../../rules/consultations/participation-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { headTimeNames } from '../../rules/transparency/head-times.ts'
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
  headTimes: [times: string, name: string][]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/participation': ParticipationPage
  }
}

/** /office/:slug/participation: channels, what the form asks, regions, the promised day; it may change while open. */
export function participation(app: FastifyInstance, deps: Dependencies): void {
  app.get('/participation', (request, reply) => {
    const { consultation } = request
    return show(request, reply, givenParticipation(consultation, shanghaiDay(consultation.closesAt)), [])
  })

  app.post('/participation', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    const { typed, values, errors } = participationForm(shanghaiDay(consultation.closesAt)).sent(request.body)
    if (!values) return show(request, reply, typed, errors)
    await saveParticipation(deps.db, consultation, participationOf(values), act)
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
    headTimes: Object.entries(headTimeNames),
    mayDraft: mayDraft(request),
  })
}
