import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
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

/** Starts a portal on a free port, as the head of a group of processes, and waits until it serves. */
async function served(command: string, words: string[], env: NodeJS.ProcessEnv) {
  const { taken, port } = await takenPort()
  await new Promise((resolve) => taken.close(resolve))
  const child = spawn(command, words, {
    env: { ...process.env, DATABASE_URL: '', LOG_LEVEL: 'silent', PORT: port, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${command} ended:\n${said}`)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('staff invite')) resolve()
    })
  })
  const ended = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // Nobody of the group is left.
    }
  }
  return { child, address: `http://127.0.0.1:${port}/`, said: () => said, ended }
}

async function takenPort(): Promise<{ taken: Server; port: string }> {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  return { taken, port: address && typeof address === 'object' ? String(address.port) : '' }
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

  test('in production the portal starts without the draft of the demonstration, and says how to go on', async () => {
    const { address, said, ended } = await served(process.execPath, ['server/main.ts'], {
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://127.0.0.1',
      DATA_DIR: join(folder, 'production'),
    })
    try {
      const home = await (await fetch(address)).text()
      expect(home).toContain('还没有管理员')
      expect(home).not.toContain('革命老区')
      expect(said()).toContain('npm run --silent portal -- staff invite --name 姓名 --role admin')
      for (const file of readdirSync(join(folder, 'production')))
        expect(statSync(join(folder, 'production', file)).mode & 0o077, file).toBe(0)
    } finally {
      ended()
    }
  })

  test('SIGTERM to npm start reaches the portal: once npm has ended, nobody serves', async () => {
    const { address, child, ended } = await served('npm', ['start'], { DATA_DIR: join(folder, 'npm') })
    try {
      expect(await (await fetch(address)).text()).toContain('革命老区')
      child.kill('SIGTERM')
      await once(child, 'exit')
      await expect(fetch(address)).rejects.toThrow()
    } finally {
      ended()
    }
  })

  test('a portal that cannot start says why in one sentence', async () => {
    const { taken, port } = await takenPort()
    expect(await start(['server/main.ts'], '', { PORT: port })).toEqual({
      code: 1,
      out: '',
      said: `端口 ${port} 已被占用，请停掉占用它的程序，或用 PORT 换一个\n`,
    })
    taken.close()
    expect(await start(['server/main.ts'], '', { HOST: `${'a'.repeat(64)}.invalid` })).toEqual({
      code: 1,
      out: '',
      said: '找不到 HOST 所写的地址\n',
    })
  })
})
