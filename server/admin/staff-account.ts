import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  disableStaff,
  enableStaff,
  findStaffAccount,
  grantableConsultations,
  grantRole,
  resetCredentials,
  revokeRole,
  type StaffAccount,
} from '../../db/queries/staff/staff-accounts.ts'
import { repeatable } from '../../db/refused.ts'
import { newInvitation } from '../credentials/invitations.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound, PageError } from '../plugins/page-error.ts'
import { actOf, memberOf } from '../plugins/roles.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { type GrantPlaces, grantForm, grantName, grantOf, grantPlaces } from '../rules/staff/grant-form.ts'
import { type Grant, roleNames } from '../rules/staff/roles.ts'
import type { FieldError } from '../rules/typed.ts'
import { type LeftDrafts, leftDrafts } from './handover.ts'
import { showInvitation } from './invitation.ts'
import { accountState } from './staff.ts'

interface StaffAccountPage {
  id: string
  name: string
  state: string
  disabled: boolean
  signedInAt: string | null
  /** What they have left undone, where the account is disabled. */
  left: LeftDrafts[]
  /** Nobody changes their own role. */
  isOwn: boolean
  grants: { role: string; consultation: string; name: string }[]
  roles: typeof roleNames
  places: GrantPlaces
  typed: { role: string; consultation: string }
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/staff-account': StaffAccountPage
  }
}

interface Route {
  Params: { id: string }
}
type Request = FastifyRequest<Route>

/** /admin/staff/:id: one account, its roles, its suspension and its credentials. */
export function staffAccount(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  const change = async (request: Request, reply: FastifyReply, act: (grant: Grant) => Promise<void>) => {
    const places = grantPlaces(await grantableConsultations(db))
    const { typed, values, errors } = grantForm(places).sent(request.body)
    if (!values) return show(deps, request, reply, typed, errors)
    await repeatable(act(grantOf(values)))
    return back(reply, request.params.id)
  }

  app.get<Route>('/staff/:id', async (request, reply) => show(deps, request, reply))

  app.post<Route>('/staff/:id/roles', async (request, reply) => {
    const { id } = await another(deps, request)
    return change(request, reply, (grant) => grantRole(db, id, grant, actOf(request, deps)))
  })

  app.post<Route>('/staff/:id/roles/removal', async (request, reply) => {
    const { id } = await another(deps, request)
    return change(request, reply, (grant) => revokeRole(db, id, grant, actOf(request, deps)))
  })

  app.post<Route>('/staff/:id/suspension', async (request, reply) => {
    const { id } = await another(deps, request)
    await repeatable(disableStaff(db, id, actOf(request, deps)))
    return back(reply, id)
  })

  app.post<Route>('/staff/:id/suspension/end', async (request, reply) => {
    const { id } = await another(deps, request)
    await repeatable(enableStaff(db, id, actOf(request, deps)))
    return back(reply, id)
  })

  app.post<Route>('/staff/:id/activation', async (request, reply) => {
    const { id, name, disabledAt } = await another(deps, request)
    if (disabledAt) throw suspended()
    const invitation = newInvitation(deps)
    await resetCredentials(db, id, invitation, actOf(request, deps))
    return showInvitation(deps, reply.code(201), name, invitation)
  })
}

/** The account in the address, if it is not the administrator's own. @throws PageError 403, 404 */
async function another({ db }: Dependencies, request: Request): Promise<StaffAccount> {
  const account = await findStaffAccount(db, request.params.id)
  if (!account) throw notFound()
  if (account.id === memberOf(request).id) throw ownAccount()
  return account
}

const ownAccount = () =>
  new PageError(403, 'own_account', '不能更改自己的账号', '角色、停用和重置都要由另一位管理员办理。')
const suspended = () => new PageError(409, 'suspended', '这个账号已停用', '请先恢复使用，再发新的开通码。')

function back(reply: FastifyReply, id: string): FastifyReply {
  return reply.redirect(`/admin/staff/${id}`, 303)
}

async function show(
  { db, now }: Dependencies,
  request: Request,
  reply: FastifyReply,
  typed?: StaffAccountPage['typed'],
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const account = await findStaffAccount(db, request.params.id)
  if (!account) throw notFound()
  const places = grantPlaces(await grantableConsultations(db))
  const { id, name, grants, disabledAt, signedInAt } = account
  return reply.code(errors.length > 0 ? 422 : 200).page('admin/staff-account', {
    id,
    name,
    state: accountState(account, now()),
    disabled: disabledAt !== null,
    signedInAt: signedInAt && shanghaiMinute(signedInAt),
    left: disabledAt ? await leftDrafts({ db }, id) : [],
    isOwn: id === memberOf(request).id,
    grants: grants.map((grant) => ({
      role: grant.role,
      consultation: grant.consultationId,
      name: grantName(grant, places),
    })),
    roles: roleNames,
    places,
    typed: typed ?? grantForm(places).blank,
    errors,
  })
}
