import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  calendarOverrides,
  clearCalendarDay,
  setCalendarDay,
} from '../../db/queries/consultations/calendar.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import {
  calendarForm,
  dayKinds,
  isWorkingDay,
  lastAnnouncedYear,
} from '../rules/consultations/working-days.ts'
import { isDay } from '../rules/days.ts'
import type { TypedIn } from '../rules/form.ts'
import type { FieldError } from '../rules/typed.ts'

type TypedDay = TypedIn<typeof calendarForm>

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
  app.get('/calendar', (_request, reply) => show(deps, reply, calendarForm.blank, []))

  app.post('/calendar', async (request, reply) => {
    const { typed, values, errors } = calendarForm.sent(request.body)
    if (!values) return show(deps, reply, typed, errors)
    await setCalendarDay(deps.db, values.day, values.kind, actOf(request, deps))
    return reply.redirect('/admin/calendar', 303)
  })

  app.post<{ Params: { day: string } }>('/calendar/:day/removal', async (request, reply) => {
    const { day } = request.params
    if (isDay(day)) await clearCalendarDay(deps.db, day, actOf(request, deps))
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
