import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { openDatabase } from '../../db/open.ts'
import { comments } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { portalCommand } from './portal-command.ts'

let portal: TestPortal
let backup: string
beforeEach(async () => {
  portal = await buildTestApp()
  backup = join(portal.deps.config.dataDir, 'backup')
  await aComment(portal, { body: '备份前的意见' }, { contact: '13800138000' })
  const attachments = join(portal.deps.config.dataDir, 'attachments')
  mkdirSync(attachments)
  writeFileSync(join(attachments, 'letter'), '单位来函', { mode: 0o600 })
  writeFileSync(join(attachments, 'coming-in.part'), '还在上传')
})
afterEach(() => portal.close())

const run = (args: string[], env = {}) => {
  const { databaseUrl, dataDir } = portal.deps.config
  return portalCommand(args, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, ...env })
}

test.runIf(dialect === 'postgres')('on a server it names the server’s own tool', async () => {
  expect(await run(['backup', backup])).toEqual({
    code: 1,
    out: '',
    said: 'PostgreSQL 请用 pg_dump 备份数据库，并另行备份 DATA_DIR\n',
  })
  expect(existsSync(backup)).toBe(false)
})

test.runIf(dialect === 'sqlite')(
  'what is backed up while the portal serves is what a restored one has',
  async () => {
    const made = await run(['backup', backup])
    expect([made.code, made.said]).toEqual([0, ''])
    expect(made.out).toContain('没有 SECRET_KEY')
    expect(readdirSync(backup).sort()).toEqual(['attachments', 'portal.db'])
    expect(statSync(join(backup, 'portal.db')).mode & 0o077).toBe(0)
    await aComment(portal, { body: '备份后的意见' })

    const elsewhere = join(portal.deps.config.dataDir, 'elsewhere')
    const env = { DATABASE_URL: `file:${join(elsewhere, 'portal.db')}`, DATA_DIR: elsewhere }
    expect(await run(['restore', backup], env)).toMatchObject({ code: 0, said: '' })
    const restored = await openDatabase({ url: env.DATABASE_URL })
    expect(await restored.query.select({ body: comments.body }).from(comments)).toEqual([
      { body: '备份前的意见' },
    ])
    await restored.close()
    const files = join(elsewhere, 'attachments')
    expect(readdirSync(files)).toEqual(['letter'])
    expect(readFileSync(join(files, 'letter'), 'utf8')).toBe('单位来函')
    expect([statSync(files).mode & 0o777, statSync(join(files, 'letter')).mode & 0o777]).toEqual([
      0o700, 0o600,
    ])
  },
)

test.runIf(dialect === 'sqlite')(
  'nothing is overwritten unasked, under a running portal, or with the wrong key',
  async () => {
    await run(['backup', backup])
    expect(await run(['backup', backup])).toMatchObject({
      code: 1,
      said: expect.stringContaining('请换一个新文件夹'),
    })
    expect(await run(['restore', backup])).toMatchObject({
      code: 1,
      said: expect.stringContaining('请加 --force'),
    })
    expect(await run(['restore', backup, '--force'])).toMatchObject({
      code: 1,
      said: '门户还在运行，请先停止再恢复\n',
    })
    await aComment(portal, { body: '还在写' })
    const wrongKey = {
      DATABASE_URL: `file:${join(portal.deps.config.dataDir, 'new.db')}`,
      SECRET_KEY: Buffer.alloc(32, 8).toString('base64'),
    }
    const refused = await run(['restore', backup], wrongKey)
    expect([refused.code, refused.said]).toEqual([
      1,
      expect.stringContaining('SECRET_KEY 不是备份时的那一个'),
    ])
    expect(readdirSync(portal.deps.config.dataDir).filter((name) => name.startsWith('new.db'))).toEqual([])

    expect(await run(['restore', backup, '--force'], wrongKey)).toMatchObject({ code: 0, said: '' })
    expect(await run(['verify'], wrongKey)).toMatchObject({ code: 0, said: '' })
    const { SECRET_KEY: _, ...rightKey } = wrongKey
    expect((await run(['verify'], rightKey)).said).toContain('密钥不是这个数据库所用的那一个')
  },
)

test.runIf(dialect === 'sqlite')(
  'a damaged backup is refused and the old database stays; a whole one replaces it',
  async () => {
    await run(['backup', backup])
    const elsewhere = join(portal.deps.config.dataDir, 'elsewhere')
    mkdirSync(elsewhere)
    const old = join(elsewhere, 'portal.db')
    writeFileSync(old, '旧的数据库')
    const env = { DATABASE_URL: `file:${old}`, DATA_DIR: elsewhere }
    const whole = readFileSync(join(backup, 'portal.db'))
    writeFileSync(join(backup, 'portal.db'), whole.subarray(0, whole.length / 2))
    const damaged = await run(['restore', backup, '--force'], env)
    expect([damaged.code, damaged.said]).toEqual([1, expect.stringMatching(/^数据库(文件)?已损坏/)])
    expect(readdirSync(elsewhere)).toEqual(['portal.db'])
    expect(readFileSync(old, 'utf8')).toBe('旧的数据库')

    writeFileSync(join(backup, 'portal.db'), whole)
    expect(await run(['restore', backup, '--force'], env)).toMatchObject({ code: 0, said: '' })
    const kept = readdirSync(elsewhere).find((name) => name.endsWith('.backup')) ?? ''
    expect(readFileSync(join(elsewhere, kept), 'utf8')).toBe('旧的数据库')
    rmSync(join(elsewhere, kept))
  },
)
