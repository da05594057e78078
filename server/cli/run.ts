import { Command, CommanderError } from 'commander'
import { operatorProblem } from '../operator-problem.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'

type AddCommand = (program: Command, terminal: Terminal) => void

/** Only what was asked for is loaded: reading and writing Word files takes longer to load than most commands to run. */
const commands: Record<string, () => Promise<AddCommand>> = {
  staff: async () => (await import('./staff.ts')).staffCommand,
  import: async () => (await import('./import.ts')).importCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  move: async () => (await import('./move.ts')).moveCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  anonymise: async () => (await import('./anonymise.ts')).anonymiseCommand,
}

/**
 * Runs `portal` with the words typed after it.
 * @returns the exit code: 0, 1 where the operator has something to put right, 70 where the fault is the portal's own
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = await loadProgram(words, terminal)
    await program.parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    // It has written its help, or what is wrong with the words, itself.
    if (error instanceof CommanderError) return error.exitCode
    const said = error instanceof CommandError ? error.message : operatorProblem(error)
    terminal.stderr.write(`${said ?? String(error instanceof Error ? error.stack : error)}\n`)
    return said === null ? 70 : 1
  }
}

async function loadProgram([first]: readonly string[], terminal: Terminal): Promise<Command> {
  const program = new Command('portal')
    .description('征求意见门户的命令行')
    .showHelpAfterError('（加 --help 查看用法）')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .exitOverride()
  const asked = Object.entries(commands).filter(([name]) => name === first)
  for (const [, load] of asked.length > 0 ? asked : Object.entries(commands)) {
    const add = await load()
    add(program, terminal)
  }
  return program
}
