import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export const secretKey = Buffer.alloc(32, 7)

export interface Ended {
  code: number | null
  out: string
  /** What it wrote to the standard error. */
  said: string
}

/** Runs `portal …` as an operator does, in a process of its own. */
export async function portalCommand(
  args: string[],
  env: { DATABASE_URL: string; DATA_DIR: string },
): Promise<Ended> {
  const child = spawn(process.execPath, ['server/cli/portal.ts', ...args], {
    env: { ...process.env, SECRET_KEY: secretKey.toString('base64'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exit, out, said }
}
