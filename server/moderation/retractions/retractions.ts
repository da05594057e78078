import type { FastifyInstance, FastifyRequest } from 'fastify'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import { publicComment } from '../../../db/queries/retractions/public-comments.ts'
import { retractionsIn } from '../../../db/queries/retractions/retraction-records.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import { retractionCauses } from '../../rules/retractions/public-places.ts'
import { retractionForm, type TypedRetraction } from '../../rules/retractions/retraction-form.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { idOf } from '../queue-address.ts'
import { retractAsked } from './retracting.ts'

interface RetractionsPage {
  /** The comment that is to go; null where words are typed for any text. */
  comment: { id: string; body: string; wording: string | null } | null
  /** Those in which the member moderates. */
  consultations: [id: string, title: string][]
  causes: [cause: string, name: string][]
  typed: TypedRetraction
  errors: FieldError[]
  /** In how many texts the words stand, where that has to be said again to hide them. */
  places: number | null
  done: { id: string; at: string; by: string; title: string; cause: string }[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/retractions/retractions': RetractionsPage
  }
}

const readers = ['moderator', 'approver', 'auditor'] as const
const mostShown = 200

/**
 * GET /moderation/retractions, ?comment= for one: 误公开处置, and what was hidden before. POST hides at once, by any
 * moderator, and leads to the record.
 */
export function retractions(app: FastifyInstance, deps: Dependencies): void {
  app.get('/retractions', async (request, reply) => {
    const typed = { ...retractionForm.blank, comment: typedText(request.query, 'comment') }
    return reply.page('moderation/retractions/retractions', await retractionsPage(deps, request, typed))
  })

  app.post('/retractions', async (request, reply) => {
    const { typed, values, errors } = retractionForm.sent(request.body)
    const outcome = values
      ? await retractAsked(app, deps, request, values)
      : { errors, comment: undefined, places: undefined }
    if ('id' in outcome) return reply.redirect(`/moderation/retractions/${outcome.id}`, 303)
    const { errors: wrong, places = null } = outcome
    const page = await retractionsPage(deps, request, typed, outcome.comment)
    return reply.code(422).page('moderation/retractions/retractions', { ...page, errors: wrong, places })
  })
}

/** @param known the comment that the form names, where it has been read */
async function retractionsPage(
  { db }: Dependencies,
  request: FastifyRequest,
  typed: TypedRetraction,
  known?: Awaited<ReturnType<typeof publicComment>>,
): Promise<RetractionsPage> {
  const { id, grants } = memberOf(request)
  const consultations = await consultationsOfStaff(db, id, readers)
  const moderated = consultations.filter((one) => hasRole(grants, ['moderator'], one.id) && one.publishedAt)
  const comment = known === undefined ? await publicComment(db, idOf(typed.comment) ?? '') : known
  const shown = comment && moderated.some((one) => one.id === comment.consultationId) ? comment : null
  const done = await retractionsIn(
    db,
    consultations.map((one) => one.id),
    mostShown,
  )
  return {
    comment: shown && { id: shown.publicId, body: shown.body, wording: shown.wording },
    consultations: moderated.map((one) => [one.id, one.title]),
    causes: Object.entries(retractionCauses),
    typed,
    errors: [],
    places: null,
    done: done.map(({ id, createdAt, by, title, cause }) => ({
      id,
      at: shanghaiMinute(createdAt),
      by,
      title,
      cause: nameOf(retractionCauses, cause),
    })),
  }
}
