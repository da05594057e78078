import type { Command } from 'commander'
import { type LogProblem, verifyLog } from '../../db/queries/log-seals.ts'
import { mendCounts, wrongCounts } from '../../db/queries/recount.ts'
import { readLogHead } from '../jobs/log-head.ts'
import { CommandError } from './command-error.ts'
import type { WithPortal } from './portal.ts'

const problemNames: Record<LogProblem['problem'], string> = {
  changed: '被改动',
  removed: '被删除',
  inserted: '多出未封存的记录',
  cut_off: '末尾缺失：数据目录里记下的封存不在数据库中',
}

/** portal verify: recounts the comments and follows the log's chain from its start. Exit code 1 where something is wrong. */
export function verifyCommand(program: Command, withPortal: WithPortal): void {
  program
    .command('verify')
    .description('核对：意见计数与逐条重新清点是否一致，操作日志是否被改动、删除或截断')
    .option('--repair', '把不一致的计数改为清点结果')
    .action(({ repair }: { repair?: true }) =>
      withPortal(async ({ db, config }) => {
        const counts = await wrongCounts(db)
        for (const { cell, kept, counted } of counts) {
          process.stderr.write(`计数不符 ${Object.values(cell).join(' ')}：记为 ${kept}，清点 ${counted}\n`)
        }
        if (repair && counts.length > 0) await mendCounts(db, counts)
        const problems = await verifyLog(db, readLogHead(config.dataDir))
        for (const { entry, problem } of problems) {
          process.stderr.write(
            `操作日志${entry === null ? '' : `第 ${entry} 条起`}${problemNames[problem]}\n`,
          )
        }
        const wrong = problems.length + (repair ? 0 : counts.length)
        if (wrong > 0) throw new CommandError(`核对发现 ${wrong} 处问题`)
        process.stdout.write(
          `核对无误${repair && counts.length > 0 ? `，已改正 ${counts.length} 个计数` : ''}\n`,
        )
      }),
    )
}
