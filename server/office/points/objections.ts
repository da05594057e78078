import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { objectedPoints } from '../../../db/queries/points/listed-points.ts'
import { findObjection, uphold } from '../../../db/queries/points/objections.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { changedMeanwhile } from '../../plugins/page-error.ts'
import { actOf, memberOf } from '../../plugins/roles.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { secondPerson } from './rearranging.ts'
import { type ShownPoint, shownPoint } from './shown-point.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/objections': {
      consultation: Consultation
      points: ShownPoint[]
      next: string | null
      mayWrite: boolean
    }
  }
}

const pageSize = 50

/**
 * GET /office/:slug/objections?after=: where an author says on the receipt that a concern does not say what was meant, or that
 * a passage asks for something after all, until somebody has decided. POST …/objections/:point: it stays as it is.
 */
export function objections(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/objections', async (request, reply) => {
    const { consultation } = request
    const { id, slug } = consultation
    const [found, places] = await Promise.all([
      objectedPoints(db, id, field(request.query, 'after'), pageSize + 1),
      clausePlaces(db, id),
    ])
    const points = found.slice(0, pageSize)
    return reply.page('office/points/objections', {
      consultation,
      points: points.map((point) => shownPoint(slug, point, places)),
      next: found.length > pageSize ? `/office/${slug}/objections?after=${points.at(-1)?.id}` : null,
      mayWrite: mayWrite(request),
    })
  })

  app.post<{ Params: { point: string } }>('/objections/:point', async (request, reply) => {
    const { consultation } = request
    const { point } = request.params
    const objection = await findObjection(db, consultation.id, point)
    if (!objection) throw changedMeanwhile()
    if (objection.kind === 'no_proposal' && objection.markedBy === memberOf(request).id) throw secondPerson()
    await uphold(db, consultation.id, point, actOf(request, deps)).catch(refusedAs(changedMeanwhile))
    return reply.redirect(`/office/${consultation.slug}/objections`, 303)
  })
}
