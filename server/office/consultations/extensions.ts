import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { extend, extensionsOf } from '../../../db/queries/consultations/extensions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { longestPeriod } from '../../rules/consultations/facts-form.ts'
import { isRunning } from '../../rules/consultations/publication-checks.ts'
import { addDays, endOfDay, isDay, shanghaiDay } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { changedMeanwhile, notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

interface TypedExtension {
  closes_on: string
  reason: string
}

interface ExtensionsPage {
  consultation: Consultation
  closesOn: string
  isRunning: boolean
  extensions: { day: string; from: string; to: string; reason: string }[]
  typed: TypedExtension
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/extensions': ExtensionsPage
  }
}

/** /office/:slug/extensions: an approver moves the closing day; the public sees from which day and why. */
export function extensions(app: FastifyInstance, deps: Dependencies): void {
  app.get('/extensions', (request, reply) => show(deps, request, reply, { closes_on: '', reason: '' }, []))

  app.post('/extensions', async (request, reply) => {
    const { body, consultation } = request
    const act = actBy(request, deps, 'approver')
    if (!isRunning(consultation, act.now)) throw notNow('只有已经公布、还没有公布结果的征求意见可以延期。')
    const typed = { closes_on: typedText(body, 'closes_on'), reason: typedText(body, 'reason') }
    const errors = check(typed, consultation, act.now)
    if (errors.length > 0) return show(deps, request, reply, typed, errors)
    try {
      await extend(deps.db, consultation, endOfDay(typed.closes_on), typed.reason, act)
    } catch (error) {
      throw error instanceof Refused ? changedMeanwhile() : error
    }
    return reply.redirect(`/office/${consultation.slug}/extensions`, 303)
  })
}

function check({ closes_on, reason }: TypedExtension, { closesAt }: Consultation, now: Date): FieldError[] {
  const earliest = [shanghaiDay(closesAt), shanghaiDay(now)].sort().at(-1) ?? ''
  const problems: [string, string | null][] = [
    ['closes_on', closingProblem(closes_on, earliest)],
    ['reason', textProblem(reason, { name: '延期的理由', required: true, most: 500 })],
  ]
  return problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
}

function closingProblem(closesOn: string, earliest: string): string | null {
  if (!isDay(closesOn)) return '请填写新的截止日期，例如 2026-12-31'
  if (closesOn <= earliest) return `新的截止日期要晚于 ${earliest}`
  return closesOn > addDays(earliest, longestPeriod) ? '新的截止日期太远，最多延长一年' : null
}

async function show(
  { db, now }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedExtension,
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
