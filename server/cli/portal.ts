import { Command } from 'commander'
import { openDatabase } from '../../db/open.ts'
import { createSeals } from '../../db/sealed.ts'
import { readConfig } from '../config.ts'
import type { Dependencies } from '../dependencies.ts'
import { operatorProblem } from '../operator-problem.ts'
import { anonymiseCommand } from './anonymise.ts'
import { backupCommand } from './backup.ts'
import { CommandError } from './command-error.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { restoreCommand } from './restore.ts'
import { staffCommand } from './staff.ts'
import { verifyCommand } from './verify.ts'

/** Runs one piece of work with the portal's database open, and closes it whatever happens. */
export type WithPortal = <Result>(work: (deps: Dependencies) => Promise<Result>) => Promise<Result>

const withPortal: WithPortal = async (work) => {
  const config = readConfig(process.env)
  const db = await openDatabase({ url: config.databaseUrl })
  try {
    return await work({ config, db, seals: createSeals(config.secretKey), now: () => new Date() })
  } finally {
    await db.close()
  }
}

const program = new Command('portal')
  .description('征求意见门户的命令行')
  .showHelpAfterError('（加 --help 查看用法）')
staffCommand(program, withPortal)
importCommand(program, withPortal)
exportCommand(program, withPortal)
verifyCommand(program, withPortal)
backupCommand(program)
restoreCommand(program)
anonymiseCommand(program, withPortal)

try {
  await program.parseAsync()
} catch (error) {
  const said = error instanceof CommandError ? error.message : operatorProblem(error)
  process.stderr.write(`${said ?? String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = said === null ? 70 : 1
}
