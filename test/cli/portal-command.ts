import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../server/cli/run.ts'

export const secretKey = Buffer.alloc(32, 7)

interface Ended {
  code: number
  out: string
  /** What it wrote to the standard error. */
  said: string
}

/** Runs `portal …` as an operator does, with `typed` on its standard input. */
export async function portalCommand(
  words: string[],
  env: { DATABASE_URL: string; DATA_DIR: string; SECRET_KEY?: string; BACKUP_KEY?: string },
  typed = '',
): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await run(words, {
    env: { SECRET_KEY: secretKey.toString('base64'), ...env },
    stdin: Readable.from([typed]),
    stdout,
    stderr,
  })
  return { code, out: await text(stdout.end()), said: await text(stderr.end()) }
}
