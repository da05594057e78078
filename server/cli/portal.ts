import '../node-version.js'
import { Command } from 'commander'
import { openDatabase } from '../../db/open.ts'
import { createSeals } from '../../db/sealed.ts'
import { readConfig } from '../config.ts'
import type { Dependencies } from '../dependencies.ts'
import { operatorProblem } from '../operator-problem.ts'
import { CommandError } from './command-error.ts'

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

/** Only what was asked for is loaded: reading and writing Word files takes longer to load than most commands to run. */
const commands: Record<string, () => Promise<void>> = {
  staff: async () => (await import('./staff.ts')).staffCommand(program, withPortal),
  import: async () => (await import('./import.ts')).importCommand(program, withPortal),
  export: async () => (await import('./export.ts')).exportCommand(program, withPortal),
  verify: async () => (await import('./verify.ts')).verifyCommand(program, withPortal),
  backup: async () => (await import('./backup.ts')).backupCommand(program),
  restore: async () => (await import('./restore.ts')).restoreCommand(program),
  anonymise: async () => (await import('./anonymise.ts')).anonymiseCommand(program, withPortal),
}
const asked = Object.entries(commands).filter(([name]) => name === process.argv[2])
for (const [, load] of asked.length > 0 ? asked : Object.entries(commands)) await load()

try {
  await program.parseAsync()
} catch (error) {
  const said = error instanceof CommandError ? error.message : operatorProblem(error)
  process.stderr.write(`${said ?? String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = said === null ? 70 : 1
}
