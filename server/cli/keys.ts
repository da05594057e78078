import type { Command } from 'commander'
import { evidencing } from '../../db/evidence/evidencing.ts'
import { openDatabase } from '../../db/open.ts'
import { opensSeals, replaceLostKey } from '../../db/queries/upkeep/seal-check.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../config.ts'
import { CommandError } from './command-error.ts'
import { rotateKey } from './key-rotation.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'

/**
 * portal keys rotate: another key, while the portal serves. portal keys replace-lost: the way out where the key is gone
 * for good; everything else refuses another key.
 */
export function keysCommand(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('密钥：更换，或原来的丢失后改用新的')
  keys
    .command('rotate')
    .description(
      '更换密钥，不停机；中断后再运行一次即接着做。SECRET_KEY 由环境变量设的，先在各节点加设 NEW_SECRET_KEY',
    )
    .action(() => withPortal(terminal, (deps) => rotateKey(deps, terminal)))
  keys
    .command('replace-lost')
    .description('原来的密钥已经丢失、没有副本时：改用现在的 SECRET_KEY；请先停止门户')
    .option('--yes', '确认；不加则只说明会失去什么', false)
    .action(({ yes }: { yes: boolean }) => replaceLost(terminal, yes))
}

async function replaceLost(terminal: Terminal, yes: boolean): Promise<void> {
  const { databaseUrl, secretKey, otherKeys } = readConfig(terminal.env)
  const db = await openDatabase({ url: databaseUrl })
  const seals = createSeals(secretKey, otherKeys)
  try {
    if (await opensSeals(db, seals)) throw new CommandError('现在的密钥就是这个数据库所用的，不必更换')
    if (!yes)
      throw new CommandError(
        '改用新密钥以后，已收到的姓名、单位、联系方式和隐去前的原文永远读不出来，回执查询码全部失效，工作人员都要重新开通。确认请加 --yes',
      )
    await replaceLostKey(evidencing(db, seals), seals, { staffId: null, now: new Date() })
    terminal.stdout.write('已改用现在的密钥；请用 portal staff add 新建管理员，再由其重置各人的登录\n')
  } finally {
    await db.close()
  }
}
