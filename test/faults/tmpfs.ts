import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Ground, NotHere } from './trial.ts'

/** A disk of its own. */
export interface Tmpfs {
  folder: string
  remount(how: 'ro' | 'rw'): void
  /** Takes all the room that is left. @returns what gives it back */
  fillUp(): () => void
}

/** @throws NotHere for who may not mount */
export function mountTmpfs(ground: Ground, size: string): Tmpfs {
  const folder = join(ground.folder, 'disk')
  mkdirSync(folder)
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new NotHere(`a tmpfs may not be mounted: ${stderr?.trim() ?? 'there is no mount'}`)
  // Lazily: whoever was killed a moment ago may hold it a moment longer.
  ground.later(() => spawnSync('umount', ['-l', folder]))
  return {
    folder,
    remount(how) {
      const again = spawnSync('mount', ['-o', `remount,${how}`, folder], { encoding: 'utf8' })
      if (again.status !== 0) throw new Error(again.stderr)
    },
    fillUp() {
      const ballast = join(folder, 'ballast')
      fill(ballast)
      return () => rmSync(ballast)
    },
  }
}

function fill(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(256 * 1024))
  } catch (error) {
    if (Object(error).code !== 'ENOSPC') throw error
  }
}
