import type { FastifyInstance } from 'fastify'
import { assignComments, unassignComments } from '../../../db/queries/answers/comment-departments.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { dueDay, dueForm } from '../../rules/answers/department-forms.ts'
import { type FieldError, isUnstorable, typedText } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { departmentsAddress } from './departments.ts'
import { nothingPicked, pickedComments } from './response-target.ts'

/** POST /office/:slug/departments/comments: the comments that were ticked in the reading are a department's, or no more. */
export function departmentComments(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/departments/comments', async (request, reply) => {
    const { id: consultationId, slug } = request.consultation
    const department = typedText(request.body, 'department')
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    if (isUnstorable(department)) throw notFound()
    const { values, errors } = dueForm.sent(request.body)
    if (!values) throw wrongDay(errors)
    const dueOn = dueDay(values, await calendarOverrides(db))
    await assignComments(
      db,
      { consultationId, departmentId: department },
      { publicIds: picked, dueOn },
      actOf(request, deps),
    )
    return reply.redirect(readingAddress(slug, { department }), 303)
  })

  app.post('/departments/comments/removal', async (request, reply) => {
    const { consultation } = request
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    await unassignComments(db, consultation.id, picked, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })
}

/** Where a form stands among many comments its page is not made again: the browser goes back to it. */
function wrongDay([error]: FieldError[]): PageError {
  return new PageError(422, 'wrong_day', error?.message ?? '', '请返回逐条阅读，改正期限后再交办；勾选仍在。')
}
