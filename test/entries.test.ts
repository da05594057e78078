import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialect } from '../db/columns.ts'

/*
 * The two files that an operator starts, each as a process of its own: what they say and exit with. All else of them is
 * tested in this process.
 */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-entries-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the file on a database of its own, with `typed` on its standard input. */
async function start(words: string[], typed = '', env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, words, {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder, LOG_LEVEL: 'silent', ...env },
  })
  child.stdin.on('error', () => {}).end(typed)
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await exit, out, said }
}

describe.runIf(dialect === 'sqlite')('started as an operator does', () => {
  test('portal shows its help', async () => {
    expect(await start(['server/cli/portal.ts', '--help'])).toEqual({
      code: 0,
      out: expect.stringContaining('征求意见门户的命令行'),
      said: '',
    })
  })

  test('portal reads its standard input, and ends with 1 where what was typed will not do', async () => {
    const add = ['staff', 'add', '--password-stdin', '--name', '张三', '--role', 'admin']
    expect(await start(['server/cli/portal.ts', ...add], 'password1234\n')).toEqual({
      code: 1,
      out: '',
      said: expect.stringMatching(/^[^\n]*太常见[^\n]*\n$/),
    })
  })

  test('a portal that cannot start says why in one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = address && typeof address === 'object' ? String(address.port) : ''
    expect(await start(['server/main.ts'], '', { PORT: port })).toEqual({
      code: 1,
      out: '',
      said: `端口 ${port} 已被占用，请停掉占用它的程序，或用 PORT 换一个\n`,
    })
    taken.close()
  })
})
