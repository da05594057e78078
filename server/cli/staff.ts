import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import type { Database } from '../../db/database.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { refusedAs } from '../../db/refused.ts'
import { hashPassword } from '../credentials/passwords.ts'
import { newTotpSecret, otpauthUrl } from '../credentials/second-factor.ts'
import { inChinese } from '../rules/fields.ts'
import { staffName } from '../rules/staff/grant-form.ts'
import { passwordProblem } from '../rules/staff/passwords.ts'
import { everywhere, isSitewide, type Role, roleNames } from '../rules/staff/roles.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'

interface AddOptions {
  name: string
  role: Role
  consultation?: string
  passwordStdin: true
}

/** portal staff add …: a member of staff, before there is an administrator to add them on a page. */
export function staffCommand(program: Command, terminal: Terminal): void {
  program
    .command('staff')
    .description('工作人员账号')
    .command('add')
    .description('新建账号，密码从标准输入读取；输出动态验证码的 otpauth 地址，请用手机验证器扫描或输入')
    .requiredOption('--name <name>', '姓名，登录时使用')
    .addOption(new Option('--role <role>', '角色').choices(Object.keys(roleNames)).makeOptionMandatory())
    .option('--consultation <slug>', '只在这一次征求意见中有效；不写则在全部活动中有效')
    .requiredOption('--password-stdin', '从标准输入读取密码（避免留在命令历史中）')
    .action(({ name: typedName, role, consultation }: AddOptions) =>
      withPortal(terminal, async ({ db, seals, now }) => {
        const name = typedName.trim()
        const password = (await text(terminal.stdin)).replace(/\r?\n$/, '')
        const problem = staffName.problem(name, inChinese) ?? passwordProblem(password, name)
        if (problem) throw new CommandError(problem)
        const totpSecret = newTotpSecret()
        const grants = [{ role, consultationId: await scopeOf(db, role, consultation) }]
        const member = { name, passwordHash: await hashPassword(password), totpSecret, grants }
        const taken = () => new CommandError(`已经有名为 ${name} 的账号`)
        await addStaff(db, seals, member, { staffId: null, now: now() }).catch(refusedAs(taken))
        terminal.stdout.write(`${otpauthUrl(name, totpSecret)}\n`)
      }),
    )
}

async function scopeOf(db: Database, role: Role, slug: string | undefined): Promise<string> {
  if (slug === undefined) return everywhere
  if (isSitewide(role)) throw new CommandError(`${roleNames[role]}不分活动，请去掉 --consultation`)
  const consultation = await findConsultation(db, slug)
  if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
  return consultation.id
}
