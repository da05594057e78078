import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
