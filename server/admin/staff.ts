import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refused } from '../../db/open.ts'
import {
  grantableConsultations,
  inviteStaff,
  type StaffAccount,
  staffAccounts,
} from '../../db/queries/staff/staff-accounts.ts'
import type { Dependencies } from '../dependencies.ts'
import { memberOf } from '../plugins/roles.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'
import { type GrantChoices, grantChoices, grantName, readGrant } from './grant-form.ts'
import { newInvitation, showInvitation } from './invitation.ts'

interface StaffPage {
  accounts: { id: string; name: string; roles: string[]; state: string; signedInAt: string | null }[]
  choices: GrantChoices
  typed: { name: string; role: string; consultation: string }
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/staff': StaffPage
  }
}

const longestName = 40
const nothingTyped = { name: '', role: '', consultation: '' }

/** GET and POST /admin/staff, to which /admin leads: who works here; a new account, for its owner to activate. */
export function staff(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/', async (_request, reply) => reply.redirect('/admin/staff', 303))

  app.get('/staff', async (_request, reply) => show(deps, reply, nothingTyped, []))

  app.post('/staff', async (request, reply) => {
    const typed = {
      name: typedText(request.body, 'name'),
      role: typedText(request.body, 'role'),
      consultation: typedText(request.body, 'consultation'),
    }
    const problem = textProblem(typed.name, { name: '姓名', required: true, most: longestName })
    const { grant, error } = readGrant(request.body, grantChoices(await grantableConsultations(db)))
    const errors = [problem ? { field: 'name', message: problem } : null, error].filter((one) => one !== null)
    if (!grant || errors.length > 0) return show(deps, reply, typed, errors)
    const invitation = newInvitation(deps)
    const by = { staffId: memberOf(request).id, now: now() }
    try {
      await inviteStaff(db, { name: typed.name, grant }, invitation, by)
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused
      return show(deps, reply, typed, [nameTaken])
    }
    return showInvitation(deps, reply.code(201), typed.name, invitation)
  })
}

const nameTaken: FieldError = {
  field: 'name',
  message: '已经有这个姓名的账号；如是同名的另一个人，请加上处室，例如 张三（法规处）',
}

async function show(
  { db, now }: Dependencies,
  reply: FastifyReply,
  typed: StaffPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const [accounts, consultations] = await Promise.all([staffAccounts(db), grantableConsultations(db)])
  const choices = grantChoices(consultations)
  return reply.code(errors.length > 0 ? 422 : 200).page('admin/staff', {
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.name,
      roles: account.grants.map((grant) => grantName(grant, choices)),
      state: accountState(account, now()),
      signedInAt: account.signedInAt && shanghaiMinute(account.signedInAt),
    })),
    choices,
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
