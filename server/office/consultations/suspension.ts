import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { resume, suspend } from '../../../db/queries/consultations/suspensions.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { isRunning } from '../../rules/consultations/publication-checks.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { text } from '../../rules/fields.ts'
import { form, type TypedIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

const suspensionForm = form({ reason: text({ name: '中止的原因', most: 500 }) })

interface SuspensionPage {
  consultation: Consultation
  isRunning: boolean
  since: string | null
  typed: TypedIn<typeof suspensionForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/suspension': SuspensionPage
  }
}

/** /office/:slug/suspension: an approver stops the consultation, and says why to everybody; …/end: it goes on by its clock. */
export function suspension(app: FastifyInstance, deps: Dependencies): void {
  app.get('/suspension', (request, reply) => show(deps, request, reply, suspensionForm.blank, []))

  app.post('/suspension', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'approver')
    const { typed, values, errors } = suspensionForm.sent(request.body)
    if (!values) return show(deps, request, reply, typed, errors)
    await suspend(deps.db, consultation, values.reason, act).catch(orNotNow)
    return reply.redirect(`/office/${consultation.slug}/suspension`, 303)
  })

  app.post('/suspension/end', async (request, reply) => {
    const { consultation } = request
    await resume(deps.db, consultation, actBy(request, deps, 'approver')).catch(orNotNow)
    return reply.redirect(`/office/${consultation.slug}/suspension`, 303)
  })
}

const orNotNow = refusedAs(() => notNow('请刷新页面，看过现在的状态后再办理。'))

async function show(
  { now }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: SuspensionPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  const { suspendedAt } = consultation
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/suspension', {
    consultation,
    isRunning: isRunning(consultation, now()),
    since: suspendedAt && shanghaiMinute(suspendedAt),
    typed,
    errors,
  })
}
