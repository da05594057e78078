import type { Database } from '../../../db/database.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { dueDay, dueForm } from '../../rules/departments/department-forms.ts'
import { type FieldError, isUnstorable, typedText } from '../../rules/typed.ts'

/** To whom a form gives what was ticked, until when (YYYY-MM-DD, Shanghai). */
export interface Giving {
  /** null takes it back: its clause's department answers for it. */
  departmentId: string | null
  dueOn: string | null
}

/** What a form among many ticks says of it. @throws PageError 404, and 422 for a day that is none */
export async function givingIn(db: Database, body: unknown): Promise<Giving> {
  const department = typedText(body, 'department')
  if (isUnstorable(department)) throw notFound()
  const { values, errors } = dueForm.sent(body)
  if (!values) throw wrongDay(errors)
  if (department === '') return { departmentId: null, dueOn: null }
  return { departmentId: department, dueOn: dueDay(values, await calendarOverrides(db)) }
}

/** Where a form stands among many ticks its page is not made again: the browser goes back to it. */
function wrongDay([error]: FieldError[]): PageError {
  return new PageError(422, 'wrong_day', error?.message ?? '', '请返回上一页，改正期限后再交办；勾选仍在。')
}
