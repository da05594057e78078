import type { FastifyInstance } from 'fastify'
import { askForBrief, findBrief } from '../../../db/queries/briefs/briefs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { theWhole } from '../../rules/briefs/brief.ts'
import { briefForm } from '../../rules/briefs/brief-form.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { field } from '../comments/reading-address.ts'
import { briefAddress } from './brief-address.ts'
import { type BriefPage, briefPage, type Making, makingOf } from './brief-page.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/briefs/brief': BriefPage
    'office/briefs/_making': { making: Making | null; address: string }
  }
}

/**
 * GET /office/:slug/brief, ?day= as of another day than the newest, ?clause= or ?theme= of a part: what was said, in
 * quotations that stand for most of it. POST asks for it as of a day; it is made in the background.
 */
export function brief(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/brief', async (request, reply) => {
    const { consultation } = request
    if (!request.headers['hx-request'])
      return reply.page('office/briefs/brief', await briefPage(deps, request, field(request.query, 'day')))
    // htmx asks for the part that changes.
    const day = field(request.query, 'day') ?? ''
    const making = makingOf(consultation, await findBrief(db, consultation.id, day))
    return reply.page('office/briefs/_making', {
      making,
      address: briefAddress(consultation.slug, day, theWhole),
    })
  })

  app.post('/brief', async (request, reply) => {
    const { consultation, body } = request
    const days = briefForm(shanghaiDay(consultation.opensAt), shanghaiDay(now()))
    const { typed, values, errors } = days.sent(body)
    if (!values) {
      const page = await briefPage(deps, request, null)
      return reply.code(422).page('office/briefs/brief', { ...page, typed, errors })
    }
    await askForBrief(db, consultation.id, values.day, actOf(request, deps))
    return reply.redirect(briefAddress(consultation.slug, values.day, theWhole), 303)
  })
}
