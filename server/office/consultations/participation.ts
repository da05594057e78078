import type { FastifyReply, FastifyRequest } from 'fastify'
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
import { consultationOf } from '../consultation.ts'
import { actBy, mayDraft } from './act.ts'

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

/** GET /office/:slug/participation: channels, what the form asks, regions, the promised day; it may change while open. */
export async function participationPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return show(request, reply, typedParticipation(consultationOf(request)), [])
}

/** POST /office/:slug/participation */
export function changeParticipation(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const act = actBy(request, deps, 'drafter')
    const consultation = consultationOf(request)
    const typed = readParticipation(request.body)
    const errors = checkParticipation(typed, shanghaiDay(consultation.closesAt))
    if (errors.length > 0) return show(request, reply, typed, errors)
    await saveParticipation(deps.db, consultation, participationOf(typed), act)
    return reply.redirect(`/office/${consultation.slug}/publication`, 303)
  }
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedParticipation,
  errors: FieldError[],
): Promise<FastifyReply> {
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/participation', {
    consultation: consultationOf(request),
    typed,
    errors,
    personFields: personFieldNames,
    asking: askingNames,
    offers: offerNames,
    mayDraft: mayDraft(request),
  })
}
