import type { Config } from './config.ts'
import type { Entrance } from './demonstration/entrances.ts'
import type { DemonstrationAccount } from './demonstration/staff.ts'

/** What whoever started the portal reads: where it is, and a line to copy that makes a member of staff in this database. */
export function welcome(
  { publicUrl, dataDir }: Config,
  address: string,
  entrances: readonly Entrance[],
): string {
  const at = publicUrl ?? address
  const where = dataDir === 'data' ? '' : `DATA_DIR='${dataDir}' `
  return `
  征求意见门户已启动：${at}
  工作人员登录：      ${at}/staff/sign-in
  新建工作人员账号：  echo -n '请换成自己的一句密码，至少十二个字' | ${where}npm run --silent portal -- staff add --name 姓名 --role moderator --password-stdin
${entrances.length === 0 ? '' : entered(at, entrances)}
`
}

/** What is left to do on the console where nobody works here yet: the pages make no administrator. */
export function firstSteps({ dataDir }: Config): string {
  const where = dataDir === 'data' ? '' : `DATA_DIR='${dataDir}' `
  return `  还没有管理员。请运行下面一行，它会给出一个只能用一次的开通码：

  ${where}npm run --silent portal -- staff invite --name 姓名 --role admin

`
}

function entered(address: string, entrances: readonly Entrance[]): string {
  const lines = entrances.map(({ name, key }) => `  ${name}\t${address}/staff/demonstration/${key}`)
  return `\n  打开下面的网址就以该账号登录（只在演示时有效，重新启动后换新）：\n\n${lines.join('\n')}\n`
}

/** The accounts of a demonstration that has just been made: their passwords are kept nowhere. */
export function madeAccounts(accounts: readonly DemonstrationAccount[]): string {
  const lines = accounts.map(
    ({ name, role, password, otpauth }) => `  ${role}\t${name}\t密码 ${password}\n\t\t${otpauth}`,
  )
  return `  演示账号（只显示这一次；用密码登录还需要动态验证码，请把 otpauth 地址加入手机验证器）：\n\n${lines.join('\n')}\n\n`
}
