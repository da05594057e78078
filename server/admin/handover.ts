import type { FastifyInstance } from 'fastify'
import { draftsOf, handOverDrafts, writingRoles } from '../../db/queries/answers/handover.ts'
import { staffWith } from '../../db/queries/staff/staff.ts'
import { refusedAs } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { actOf } from '../plugins/roles.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'

/** Drafts of a disabled account in one consultation, with those who could go on with them. */
export interface LeftDrafts {
  consultationId: string
  title: string
  count: number
  choices: [id: string, name: string][]
}

/** What a disabled account has left in each consultation. */
export async function leftDrafts({ db }: Pick<Dependencies, 'db'>, staffId: string): Promise<LeftDrafts[]> {
  const drafts = await draftsOf(db, staffId)
  return Promise.all(
    drafts.map(async (left) => {
      const able = await staffWith(db, writingRoles, left.consultationId)
      return { ...left, choices: able.map(({ id, name }): [string, string] => [id, name]) }
    }),
  )
}

/** POST /admin/staff/:id/handover: an administrator names who goes on with the drafts of somebody who has left. */
export function handover(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { id: string } }>('/staff/:id/handover', async (request, reply) => {
    const { id } = request.params
    const [to, consultation] = ['to', 'consultation'].map((name) => typedText(request.body, name))
    const left = isUnstorable(id) ? [] : await leftDrafts(deps, id)
    const here = left.find(({ consultationId }) => consultationId === consultation)
    if (!here?.choices.some(([able]) => able === to)) throw nobodyNamed()
    await handOverDrafts(
      deps.db,
      here.consultationId,
      { from: id, to: to ?? '' },
      actOf(request, deps),
    ).catch(refusedAs(nobodyNamed))
    return reply.redirect(`/admin/staff/${id}`, 303)
  })
}

const nobodyNamed = () =>
  new PageError(
    422,
    'nobody_named',
    '没有交接',
    '请返回这个账号，看还有没有要交接的答复，选择接手的人，再交接。只有已停用的账号要交接。',
  )
