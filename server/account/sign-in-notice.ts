import { pastSignIns } from '../../db/queries/staff/past-sign-ins.ts'
import { findMember } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiMinute } from '../rules/days.ts'

/** What somebody who has just signed in is told of their account; administrators are told of the others' too. */
export async function signInNotice({ db }: Dependencies, staffId: string): Promise<string[]> {
  const member = await findMember(db, staffId)
  const isAdmin = member?.grants.some(({ role }) => role === 'admin') ?? false
  const { last, failures, refused } = await pastSignIns(db, staffId, isAdmin)
  const own = refused.filter((each) => each.staffId === staffId)
  const others = refused.filter((each) => each.staffId !== staffId)
  return [
    last
      ? `上次登录：${shanghaiMinute(last)}。此后${failed(failures)}`
      : `这是本账号第一次登录，此前${failed(failures)}`,
    ...own.map(({ at }) => `${codesRefused(at)}如果不是您本人，说明别人知道您的密码，请马上修改密码。`),
    ...others.map(
      ({ name, at }) => `${name}的账号：${codesRefused(at)}请与其核实；如果不是本人，请重置登录凭据。`,
    ),
  ]
}

function failed(failures: number): string {
  if (failures === 0) return '没有失败的登录。'
  return `有 ${failures} 次登录失败；如果不是您本人，请修改密码并告诉管理员。`
}

function codesRefused(at: Date): string {
  return `${shanghaiMinute(at)}，在密码正确的情况下验证码连续输错，此后只能用恢复码登录。`
}
