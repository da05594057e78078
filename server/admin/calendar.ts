import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  calendarOverrides,
  clearCalendarDay,
  setCalendarDay,
} from '../../db/queries/consultations/calendar.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf } from '../plugins/roles.ts'
import { dayKinds, isDayKind, isWorkingDay, lastAnnouncedYear } from '../rules/consultations/working-days.ts'
import { isDay } from '../rules/days.ts'
import { type FieldError, typedText } from '../rules/typed.ts'

interface TypedDay {
  day: string
  kind: string
}

interface CalendarPage {
  /** The days that the office has otherwise than the built-in calendar, and what that says of them. */
  days: { day: string; kind: string; builtIn: string }[]
  kinds: typeof dayKinds
  lastAnnouncedYear: number
  typed: TypedDay
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/calendar': CalendarPage
  }
}

/** GET and POST /admin/calendar: the 节假日 and 调休 by which periods in working days are counted. */
export function calendar(app: FastifyInstance, deps: Dependencies): void {
  const actBy = (request: FastifyRequest) => ({ staffId: memberOf(request).id, now: deps.now() })

  app.get('/calendar', (_request, reply) => show(deps, reply, { day: '', kind: '' }, []))

  app.post('/calendar', async (request, reply) => {
    const day = typedText(request.body, 'day')
    const kind = typedText(request.body, 'kind')
    const errors: FieldError[] = []
    if (!isDay(day)) errors.push({ field: 'day', message: '请填写日期，例如 2027-10-01' })
    if (!isDayKind(kind)) errors.push({ field: 'kind', message: '请选择这一天放假还是上班' })
    if (!isDayKind(kind) || errors.length > 0) return show(deps, reply, { day, kind }, errors)
    await setCalendarDay(deps.db, day, kind, actBy(request))
    return reply.redirect('/admin/calendar', 303)
  })

  app.post<{ Params: { day: string } }>('/calendar/:day/removal', async (request, reply) => {
    const { day } = request.params
    if (isDay(day)) await clearCalendarDay(deps.db, day, actBy(request))
    return reply.redirect('/admin/calendar', 303)
  })
}

async function show(
  { db }: Dependencies,
  reply: FastifyReply,
  typed: TypedDay,
  errors: FieldError[],
): Promise<FastifyReply> {
  const overrides = await calendarOverrides(db)
  return reply.code(errors.length > 0 ? 422 : 200).page('admin/calendar', {
    days: [...overrides].map(([day, kind]) => ({
      day,
      kind: dayKinds[kind],
      builtIn: dayKinds[isWorkingDay(day, new Map()) ? 'workday' : 'holiday'],
    })),
    kinds: dayKinds,
    lastAnnouncedYear,
    typed,
    errors,
  })
}
