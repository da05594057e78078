import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Ground } from './trial.ts'

export const root = join(import.meta.dirname, '../..')
export const secretKey = Buffer.alloc(32, 7).toString('base64')

/** A portal in a process of its own. */
export interface PortalProcess {
  address: string
  child: ChildProcess
  /** What it wrote to both of its outputs. */
  said(): string
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>
  /** @returns once it has ended */
  kill(signal: NodeJS.Signals): Promise<number | string>
}

export type Settings = NodeJS.ProcessEnv & { DATA_DIR: string }

/** What a portal is started with, on ground of the trial. Loading it takes half the time where it was compiled before. */
export function settingsOn({ folder }: Ground, more: NodeJS.ProcessEnv = {}): Settings {
  return {
    DATA_DIR: join(folder, 'data'),
    SECRET_KEY: secretKey,
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
    PORT: '0',
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, 'compiled'),
    ...more,
  }
}

/** What breaks the product for a control: a file of this folder that each thread loads before anything else. */
export const brokenBy = (name: string) => ({
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'controls', `${name}.ts`)}`,
})

interface Way {
  /** Words in front of the portal's own, of what traces it. */
  under?: string[]
  arguments?: string[]
}

/** Starts a portal. @throws Error with what it said where it ends before it listens */
export async function startPortal(ground: Ground, settings: Settings, way: Way = {}): Promise<PortalProcess> {
  const portal = launched(ground, settings, ['server/main.ts', ...(way.arguments ?? [])], way.under)
  await listening(portal)
  return portal
}

/** A database with its draft, of a portal that was stopped; what was compiled for it makes the next start quicker. */
export async function begun(ground: Ground, settings: Settings): Promise<void> {
  await (await startPortal(ground, settings)).kill('SIGTERM')
}

/** Runs a command of the portal to its end. */
export async function command(ground: Ground, settings: Settings, words: string[]) {
  const { ended, said } = launched(ground, settings, ['server/cli/portal.ts', ...words])
  return { code: await ended, said: said() }
}

/** Starts a script of the portal; it ends with the trial at the latest. */
export function launched(
  ground: Ground,
  settings: Settings,
  script: string[],
  under: string[] = [],
): PortalProcess {
  const [program = '', ...words] = [...under, process.execPath, '--import', './server/preload.js', ...script]
  const child = spawn(program, words, {
    cwd: root,
    // The tests' own says which engine they are for.
    env: { ...process.env, DATABASE_URL: undefined, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let all = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (all += chunk))
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const kill = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return ended
  }
  ground.later(() => kill('SIGKILL'))
  return { address: '', child, said: () => all, ended, kill }
}

async function listening(portal: PortalProcess): Promise<void> {
  let isOver = false
  void portal.ended.then(() => {
    isOver = true
  })
  for (;;) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(portal.said()) ?? []
    if (address) {
      portal.address = address
      return
    }
    if (isOver) throw new Error(`the portal did not start:\n${portal.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
