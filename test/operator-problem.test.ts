import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../db/columns.ts'
import { connect } from '../db/sqlite-settings.ts'
import { portalCommand } from './cli/portal-command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Reads the settings and opens the database, as the portal and each of its commands begin. */
const open = (env: { DATABASE_URL?: string; DATA_DIR?: string } = {}) =>
  portalCommand(['verify'], { DATABASE_URL: '', DATA_DIR: folder, SECRET_KEY: '', ...env })

test.runIf(dialect === 'sqlite')('what cannot be opened is said in one sentence', async () => {
  expect(await open()).toMatchObject({ code: 0, said: '' })
  const db = connect(join(folder, 'portal.db'))
  db.exec("UPDATE applied_migrations SET hash = 'another' WHERE name <> 'triggers-and-search'")
  db.close()
  expect(await open()).toMatchObject({
    code: 1,
    said: '这个数据库由另一版本的门户建立，未作改动；请用那个版本的程序，或换一个数据库\n',
  })

  const noFolder = join(folder, 'file')
  writeFileSync(noFolder, '')
  expect(await open({ DATA_DIR: join(noFolder, 'data') })).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^找不到或不能建立 \S+\n$/),
  })
  expect(await open({ DATABASE_URL: `file:${join(folder, 'nowhere', 'portal.db')}` })).toMatchObject({
    code: 1,
    said: '打不开数据库文件，请检查 DATA_DIR 或 DATABASE_URL 的文件夹及其权限\n',
  })
  expect(await open({ DATABASE_URL: 'postgres://portal@127.0.0.1:1/portal' })).toMatchObject({
    code: 1,
    said: '连不上 DATABASE_URL 所写的数据库服务器\n',
  })
})
