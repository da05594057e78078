import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { extend, extensionsOf } from '../../../db/queries/consultations/extensions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { longestPeriod } from '../../rules/consultations/facts-form.ts'
import { isRunning } from '../../rules/consultations/publication-checks.ts'
import { addDays, type Day, endOfDay, shanghaiDay } from '../../rules/days.ts'
import { asking, day, text } from '../../rules/fields.ts'
import { form, type TypedIn } from '../../rules/form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

/** @param last the day that is the closing day now, or today where that is over */
const extensionForm = (last: Day) =>
  form(
    {
      closes_on: asking(day({ name: '新的截止日期' }), '请填写新的截止日期，例如 2026-12-31'),
      reason: text({ name: '延期的理由', most: 500 }),
    },
    ({ closes_on }) => [['closes_on', closingProblem(closes_on, last)]],
  )

interface ExtensionsPage {
  consultation: Consultation
  closesOn: string
  isRunning: boolean
  extensions: { day: string; from: string; to: string; reason: string }[]
  typed: TypedIn<ReturnType<typeof extensionForm>>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/extensions': ExtensionsPage
  }
}

/** /office/:slug/extensions: an approver moves the closing day; the public sees from which day and why. */
export function extensions(app: FastifyInstance, deps: Dependencies): void {
  const formFor = ({ closesAt }: Consultation, now: Date) =>
    extensionForm(shanghaiDay(new Date(Math.max(closesAt.getTime(), now.getTime()))))

  app.get('/extensions', (request, reply) =>
    show(deps, request, reply, formFor(request.consultation, deps.now()).blank, []),
  )

  app.post('/extensions', async (request, reply) => {
    const { body, consultation } = request
    const act = actBy(request, deps, 'approver')
    if (!isRunning(consultation, act.now)) throw notNow('只有已经公布、还没有公布结果的征求意见可以延期。')
    const { typed, values, errors } = formFor(consultation, act.now).sent(body)
    if (!values) return show(deps, request, reply, typed, errors)
    await extend(deps.db, consultation, endOfDay(values.closesOn), values.reason, act)
    return reply.redirect(`/office/${consultation.slug}/extensions`, 303)
  })
}

function closingProblem(closesOn: string, last: Day): string | null {
  if (closesOn <= last) return `新的截止日期要晚于 ${last}`
  return closesOn > addDays(last, longestPeriod) ? '新的截止日期太远，最多延长一年' : null
}

async function show(
  { db, now }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: ExtensionsPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  const extensions = await extensionsOf(db, consultation.id)
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/extensions', {
    consultation,
    closesOn: shanghaiDay(consultation.closesAt),
    isRunning: isRunning(consultation, now()),
    extensions: extensions.map(({ createdAt, closedAt, closesAt, reason }) => ({
      day: shanghaiDay(createdAt),
      from: shanghaiDay(closedAt),
      to: shanghaiDay(closesAt),
      reason,
    })),
    typed,
    errors,
  })
}
