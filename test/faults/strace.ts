import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { PortalProcess } from './portal-process.ts'
import { type Ground, NotHere } from './trial.ts'

/** What the system answers to a call from now on. */
export interface Injected {
  calls: string
  error: 'EIO' | 'EROFS'
  /** On these files alone. */
  files: string[]
}

/**
 * Makes system calls of a portal that runs fail, as on a disk that breaks.
 * @returns what makes the disk whole again
 */
export async function breakDisk(
  ground: Ground,
  { child }: PortalProcess,
  injected: Injected,
): Promise<() => Promise<void>> {
  assertStrace()
  const strace = spawn('strace', ['-f', '-p', String(child.pid), ...words(injected)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(strace, 'exit')
  const mend = async () => {
    strace.kill('SIGTERM')
    await ended
  }
  ground.later(mend)
  let said = ''
  strace.stderr.on('data', (chunk) => (said += chunk))
  while (!said.includes('attached')) {
    if (strace.exitCode !== null) throw new NotHere(`strace may not attach: ${said.trim()}`)
    await wait(5)
  }
  return mend
}

/** The words in front of a program whose disk is broken from its beginning. */
export function onBrokenDisk(injected: Injected): string[] {
  assertStrace()
  return ['strace', '-D', '-f', ...words(injected)]
}

function words({ calls, error, files }: Injected): string[] {
  const only = files.flatMap((file) => ['-P', file])
  return ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}`, ...only, '-o', '/dev/null']
}

/** @throws NotHere */
export function assertStrace(): void {
  if (spawnSync('strace', ['-V']).status !== 0) throw new NotHere('strace is not installed')
}
