import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PortalProcess, type Settings, startPortal } from './portal-process.ts'
import { type Ground, NotHere } from './trial.ts'

/** A clock on the wall that somebody turns while the portal runs; what measures how long something takes stays right. */
export interface FakedClock {
  /** What a process needs to see it. */
  settings: NodeJS.ProcessEnv
  /** Sets it so many whole seconds before or behind the machine's. */
  turn(seconds: number): void
}

/** @throws NotHere */
export function fakedClock(ground: Ground): FakedClock {
  const { stdout, status } = spawnSync('faketime', ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new NotHere('faketime is not installed')
  const file = join(ground.folder, 'clock')
  const turn = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}`)
  turn(0)
  return {
    settings: {
      LD_PRELOAD: stdout.trim(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    turn,
  }
}

/** Starts a portal that sees it. What the library shares between its processes stays behind one that is ended by force. */
export async function startUnderClock(ground: Ground, settings: Settings): Promise<PortalProcess> {
  const pids: (number | undefined)[] = []
  ground.later(() => {
    for (const pid of pids) {
      for (const shared of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`])
        rmSync(join('/dev/shm', shared), { force: true })
    }
  })
  const portal = await startPortal(ground, settings)
  pids.push(portal.child.pid)
  return portal
}
