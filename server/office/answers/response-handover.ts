import type { FastifyInstance } from 'fastify'
import { handOverDrafts, writingRoles } from '../../../db/queries/answers/handover.ts'
import { staffWith } from '../../../db/queries/staff/staff.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { isUnstorable, typedText } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { actBy } from '../consultation.ts'

/** POST /office/:slug/responses/handover: an approver names who goes on with the drafts of somebody who has left. */
export function responseHandover(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/responses/handover', async (request, reply) => {
    const { consultation, body } = request
    const act = actBy(request, deps, 'approver')
    const [from, to] = [typedText(body, 'from'), typedText(body, 'to')]
    const able = await staffWith(db, writingRoles, consultation.id)
    if (isUnstorable(from) || able.every(({ id }) => id !== to)) throw nobodyNamed()
    await handOverDrafts(db, consultation.id, { from, to }, act).catch(
      refusedAs(() => notNow('只有账号已停用、还有起草中的答复的人才要交接。请返回看现在的情况。')),
    )
    return reply.redirect(`/office/${consultation.slug}/obstacles`, 303)
  })
}

const nobodyNamed = () =>
  new PageError(422, 'nobody_named', '请选择由谁接手', '请返回，选择接手的人，再交接。')
