import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import type { Database } from '../../db/database.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { placeNames } from '../../db/queries/staff/place-names.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { inviteStaff } from '../../db/queries/staff/staff-accounts.ts'
import { refusedAs } from '../../db/refused.ts'
import { newInvitation } from '../credentials/invitations.ts'
import { hashPassword } from '../credentials/passwords.ts'
import { newTotpSecret, otpauthUrl } from '../credentials/second-factor.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { inChinese } from '../rules/fields.ts'
import { staffName } from '../rules/staff/grant-form.ts'
import { passwordProblem } from '../rules/staff/passwords.ts'
import { everywhere, isSitewide, type Role, roleNames } from '../rules/staff/roles.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'

interface AccountOptions {
  name: string
  role: Role
  consultation?: string
}

/** portal staff add …, portal staff invite …: a member of staff, before there is an administrator to add them on a page. */
export function staffCommand(program: Command, terminal: Terminal): void {
  const staff = program.command('staff').description('工作人员账号')

  account(staff, 'invite')
    .description('新建账号，输出一次性的开通码：本人凭它在网页上设置密码和手机验证器')
    .action((options: AccountOptions) => withPortal(terminal, (deps) => invite(deps, options, terminal)))

  account(staff, 'add')
    .description('新建账号，密码从标准输入读取；输出动态验证码的 otpauth 地址，请用手机验证器扫描或输入')
    .requiredOption('--password-stdin', '从标准输入读取密码（避免留在命令历史中）')
    .action((options: AccountOptions) => withPortal(terminal, (deps) => add(deps, options, terminal)))
}

function account(staff: Command, verb: string): Command {
  return staff
    .command(verb)
    .requiredOption('--name <name>', '姓名，登录时使用')
    .addOption(new Option('--role <role>', '角色').choices(Object.keys(roleNames)).makeOptionMandatory())
    .option('--consultation <slug>', '只在这一次征求意见中有效；不写则在全部活动中有效')
}

async function invite(deps: Dependencies, options: AccountOptions, { stdout }: Terminal): Promise<void> {
  const { db, config, now } = deps
  const name = options.name.trim()
  const problem = staffName.problem(name, inChinese)
  if (problem) throw new CommandError(problem)
  const grant = { role: options.role, consultationId: await scopeOf(db, options) }
  const { code, ...activation } = newInvitation(deps)
  await unlessTaken(name, inviteStaff(db, { name, grant }, activation, { staffId: null, now: now() }))
  const address = `${config.publicUrl ?? `http://${config.host}:${config.port}`}/staff/activation`
  const until = shanghaiMinute(activation.activationExpiresAt)
  stdout.write(`开通码 ${code}，${until} 前有效，只能用一次\n请本人打开 ${address} 输入\n`)
}

async function add(deps: Dependencies, options: AccountOptions, terminal: Terminal): Promise<void> {
  const { db, seals, now } = deps
  const name = options.name.trim()
  const password = (await text(terminal.stdin)).replace(/\r?\n$/, '')
  const names = { person: name, places: await placeNames(db) }
  const problem = staffName.problem(name, inChinese) ?? passwordProblem(password, names)
  if (problem) throw new CommandError(problem)
  const totpSecret = newTotpSecret()
  const grants = [{ role: options.role, consultationId: await scopeOf(db, options) }]
  const member = { name, passwordHash: await hashPassword(password), totpSecret, grants }
  await unlessTaken(name, addStaff(db, seals, member, { staffId: null, now: now() }))
  terminal.stdout.write(`${otpauthUrl(name, totpSecret)}\n`)
}

async function unlessTaken(name: string, adding: Promise<string>): Promise<void> {
  await adding.catch(refusedAs(() => new CommandError(`已经有名为 ${name} 的账号`)))
}

async function scopeOf(db: Database, { role, consultation: slug }: AccountOptions): Promise<string> {
  if (slug === undefined) return everywhere
  if (isSitewide(role)) throw new CommandError(`${roleNames[role]}不分活动，请去掉 --consultation`)
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
  return consultation.id
}
