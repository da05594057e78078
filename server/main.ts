import './node-version.js'
import closeWithGrace from 'close-with-grace'
import { openDatabase } from '../db/open.ts'
import { createSeals } from '../db/sealed.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { demonstrate } from './demonstration/index.ts'
import type { DemonstrationAccount } from './demonstration/staff.ts'
import { follow } from './jobs/following.ts'
import { operatorProblem } from './operator-problem.ts'
import { seedIfEmpty } from './seed.ts'

try {
  await serve()
} catch (error) {
  const said = operatorProblem(error) ?? (error instanceof Error ? error.stack : error)
  process.stderr.write(`${String(said)}\n`)
  process.exit(1)
}

async function serve(): Promise<void> {
  const isDemonstration = process.argv.includes('--demo')
  const config = readConfig(
    isDemonstration ? { DATA_DIR: 'data/demonstration', ...process.env } : process.env,
  )
  const db = await openDatabase({ url: config.databaseUrl })
  const deps = { config, db, seals: createSeals(config.secretKey), now: () => new Date() }
  const accounts = isDemonstration ? await demonstrate(deps) : null
  // Before anything can fail: the passwords are kept nowhere.
  if (accounts) process.stdout.write(listed(accounts))
  await seedIfEmpty(deps)
  const app = await buildApp(deps)
  const stopFollowing = follow(deps, app.log)
  closeWithGrace({ delay: 15_000 }, async () => {
    await app.close()
    await stopFollowing()
    await db.close()
  })
  const address = await app.listen({ host: config.host, port: config.port })
  process.stdout.write(welcome(config.publicUrl ?? address))
}

function welcome(address: string): string {
  return `
  征求意见门户已启动：${address}
  工作人员登录：      ${address}/staff/sign-in
  新建工作人员账号：  npm run portal -- staff add --name 姓名 --role moderator --password-stdin

`
}

function listed(accounts: DemonstrationAccount[]): string {
  const lines = accounts.map(
    ({ name, role, password, otpauth }) => `  ${role}\t${name}\t密码 ${password}\n\t\t${otpauth}`,
  )
  return `  演示账号（只显示这一次；登录还需要动态验证码，请把 otpauth 地址加入手机验证器）：\n\n${lines.join('\n')}\n\n`
}
