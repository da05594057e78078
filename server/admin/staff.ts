import type { FastifyInstance, FastifyReply } from 'fastify'
import { endingRetentions } from '../../db/queries/consultations/retentions.ts'
import {
  grantableConsultations,
  inviteStaff,
  type StaffAccount,
  staffAccounts,
} from '../../db/queries/staff/staff-accounts.ts'
import { doneUnless } from '../../db/refused.ts'
import { newInvitation } from '../credentials/invitations.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { announcedBefore, endsOn } from '../rules/consultations/retentions.ts'
import { addDays, shanghaiDay, shanghaiMinute } from '../rules/days.ts'
import {
  accountForm,
  type GrantPlaces,
  grantName,
  grantOf,
  grantPlaces,
  type TypedAccount,
} from '../rules/staff/grant-form.ts'
import { roleNames } from '../rules/staff/roles.ts'
import type { FieldError } from '../rules/typed.ts'
import { showInvitation } from './invitation.ts'

interface StaffPage {
  /** Consultations whose personal data is removed soon, or would be if the archive had the papers. */
  ending: { title: string; on: string; isArchived: boolean }[]
  accounts: { id: string; name: string; roles: string[]; state: string; signedInAt: string | null }[]
  roles: typeof roleNames
  places: GrantPlaces
  typed: TypedAccount
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/staff': StaffPage
  }
}

/** GET and POST /admin/staff, to which /admin leads: who works here; a new account, for its owner to activate. */
export function staff(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/', async (_request, reply) => reply.redirect('/admin/staff', 303))

  app.get('/staff', async (_request, reply) => {
    const places = grantPlaces(await grantableConsultations(db))
    return show(deps, reply, places, accountForm(places).blank)
  })

  app.post('/staff', async (request, reply) => {
    const places = grantPlaces(await grantableConsultations(db))
    const { typed, values, errors } = accountForm(places).sent(request.body)
    if (!values) return show(deps, reply, places, typed, errors)
    const invitation = newInvitation(deps)
    const account = { name: values.name, grant: grantOf(values) }
    const isNew = await doneUnless('taken', inviteStaff(db, account, invitation, actOf(request, deps)))
    if (!isNew) return show(deps, reply, places, typed, [nameTaken])
    return showInvitation(deps, reply.code(201), values.name, invitation)
  })
}

const nameTaken: FieldError = {
  field: 'name',
  message: '已经有这个姓名的账号；如是同名的另一个人，请加上处室，例如 张三（法规处）',
}

async function show(
  { db, now }: Dependencies,
  reply: FastifyReply,
  places: GrantPlaces,
  typed: TypedAccount,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const accounts = await staffAccounts(db)
  const ending = await endingRetentions(db, addDays(shanghaiDay(now()), announcedBefore))
  return reply.code(errors.length > 0 ? 422 : 200).page('admin/staff', {
    ending: ending.map(({ title, promisedOn, archivedAt }) => ({
      title,
      on: endsOn(promisedOn ?? '', archivedAt),
      isArchived: archivedAt !== null,
    })),
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.name,
      roles: account.grants.map((grant) => grantName(grant, places)),
      state: accountState(account, now()),
      signedInAt: account.signedInAt && shanghaiMinute(account.signedInAt),
    })),
    roles: roleNames,
    places,
    typed,
    errors,
  })
}

/** Where an account stands, in words. */
export function accountState(
  { activated, disabledAt, activationExpiresAt }: StaffAccount,
  now: Date,
): string {
  if (disabledAt) return '已停用'
  if (activated) return '使用中'
  return activationExpiresAt && activationExpiresAt > now ? '待开通' : '待开通（开通码已过期）'
}
