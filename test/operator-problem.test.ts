import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../db/columns.ts'
import { connect } from '../db/sqlite-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the portal as an operator does, where it cannot start. */
async function start(env: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve))
  const said = await text(child.stderr)
  return { code: await exit, said }
}

test.runIf(dialect === 'sqlite')(
  'a portal that cannot start says why in one sentence',
  async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = address && typeof address === 'object' ? String(address.port) : ''
    expect(await start({ PORT: port })).toEqual({
      code: 1,
      said: `端口 ${port} 已被占用，请停掉占用它的程序，或用 PORT 换一个\n`,
    })
    taken.close()

    const db = connect(join(folder, 'portal.db'))
    db.exec("UPDATE applied_migrations SET hash = 'another' WHERE name <> 'triggers-and-search'")
    db.close()
    expect(await start({})).toEqual({
      code: 1,
      said: '这个数据库由另一版本的门户建立，未作改动；请用那个版本的程序，或换一个数据库\n',
    })

    const noFolder = join(folder, 'file')
    writeFileSync(noFolder, '')
    expect(await start({ DATA_DIR: join(noFolder, 'data') })).toEqual({
      code: 1,
      said: expect.stringMatching(/^找不到或不能建立 \S+\n$/),
    })
    expect(await start({ DATABASE_URL: 'postgres://portal@127.0.0.1:1/portal' })).toEqual({
      code: 1,
      said: '连不上 DATABASE_URL 所写的数据库服务器\n',
    })
  },
  120_000,
)
