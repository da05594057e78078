import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { comments } from '../../db/schema/index.ts'
import { sqliteFile } from '../../db/url.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { aBackup, anEmptyPlace, everything, nothingWrong, openedAt, placeOf, verified } from './backing-up.ts'
import { portalCommand } from './portal-command.ts'

let portal: TestPortal
const letterId = crypto.randomUUID()
beforeEach(async () => {
  portal = await buildTestApp()
  const { dataDir } = portal.deps.config
  const measures = await new FileStore(dataDir, 'attachments').write(Buffer.from('单位来函'), letterId)
  const letter = { id: letterId, name: '来函.pdf', type: 'pdf' as const, ...measures }
  await aComment(portal, { body: '备份前的意见' }, { contact: '13800138000', attachments: [letter] })
  writeFileSync(join(dataDir, 'attachments', 'of-no-row'), '撤回的文件')
  writeFileSync(join(dataDir, 'attachments', 'coming-in.part'), '还在上传')
  writeFileSync(join(dataDir, 'log-head.json'), '{"count":0,"hash":""}\n')
})
afterEach(() => portal.close())

const place = () => placeOf(portal.deps.config)
const modeOf = (path: string) => statSync(path).mode & 0o777

test('what is backed up while the portal serves is what an empty folder has after a restore', async () => {
  const before = await everything(portal.db)
  const { dir, code, out, said } = await aBackup(place())
  expect([code, said]).toEqual([0, ''])
  expect(out).toMatch(/^已备份到 .*：\d+ 张表 \d+ 行、2 个文件，共 0\.\d MB。没有加密/)
  expect(out).toContain('没有 SECRET_KEY')
  expect(readdirSync(dir).sort()).toEqual(['attachments', 'log-head.json', 'manifest.json', 'tables'])
  expect(readdirSync(join(dir, 'attachments'))).toEqual([letterId])
  const written = readdirSync(dir, { recursive: true, withFileTypes: true })
  for (const entry of written)
    expect(modeOf(join(entry.parentPath, entry.name)), entry.name).toBe(entry.isFile() ? 0o600 : 0o700)
  await aComment(portal, { body: '备份后的意见' })

  const elsewhere = await anEmptyPlace()
  expect(await portalCommand(['restore', dir], elsewhere)).toEqual({
    code: 0,
    out: `已从 ${dir} 恢复，可以启动门户\n`,
    said: '',
  })
  expect(await verified(elsewhere)).toEqual(nothingWrong)
  const restored = await openedAt(elsewhere)
  // What a portal makes when it first starts.
  const own = { settings: [], signing_keys: [] }
  expect({ ...(await everything(restored)), ...own }).toEqual({ ...before, ...own })
  const file = join(elsewhere.DATA_DIR, 'attachments', letterId)
  expect(readFileSync(file, 'utf8')).toBe('单位来函')
  expect([modeOf(join(elsewhere.DATA_DIR, 'attachments')), modeOf(file)]).toEqual([0o700, 0o600])
  expect(readFileSync(join(elsewhere.DATA_DIR, 'log-head.json'), 'utf8')).toBe('{"count":0,"hash":""}\n')
})

test('a backup takes no folder that has something in it', async () => {
  const { dir } = await aBackup(place())
  const again = await portalCommand(['backup', dir], place())
  expect([again.code, again.said]).toEqual([1, `${dir} 里已有文件，请换一个新文件夹\n`])
})

test('what is no backup is not restored', async () => {
  const elsewhere = await anEmptyPlace()
  const { code, said } = await portalCommand(['restore', elsewhere.DATA_DIR], elsewhere)
  expect([code, said]).toEqual([1, `${elsewhere.DATA_DIR} 不是门户的备份\n`])
})

test('with another SECRET_KEY it is refused, and nothing is there; with --force it is restored', async () => {
  const { dir } = await aBackup(place())
  const elsewhere = await anEmptyPlace()
  const wrongKey = { ...elsewhere, SECRET_KEY: Buffer.alloc(32, 8).toString('base64') }
  expect(await portalCommand(['restore', dir], wrongKey)).toMatchObject({
    code: 1,
    out: '',
    said: '现在的 SECRET_KEY 不是备份时的那一个，姓名和登录验证都会读不出来；确实没有了再加 --force\n',
  })
  expect(readdirSync(elsewhere.DATA_DIR)).toEqual([])
  const file = sqliteFile(elsewhere.DATABASE_URL)
  if (file) expect(existsSync(file)).toBe(false)

  expect(await portalCommand(['restore', dir, '--force'], wrongKey)).toMatchObject({ code: 0, said: '' })
  expect(await portalCommand(['verify'], wrongKey)).toEqual(nothingWrong)
  expect((await verified(elsewhere)).said).toContain('密钥不是这个数据库所用的那一个')
})

test.runIf(dialect === 'sqlite')('nothing is overwritten unasked, or under a running portal', async () => {
  const { dir } = await aBackup(place())
  expect(await portalCommand(['restore', dir], place())).toMatchObject({
    code: 1,
    said: expect.stringContaining('请加 --force'),
  })
  expect(await portalCommand(['restore', dir, '--force'], place())).toMatchObject({
    code: 1,
    said: '门户还在运行，请先停止再恢复\n',
  })
  await aComment(portal, { body: '还在写' })

  const elsewhere = await anEmptyPlace()
  const old = sqliteFile(elsewhere.DATABASE_URL) ?? ''
  mkdirSync(join(old, '..'), { recursive: true })
  writeFileSync(old, '旧的数据库')
  expect(await portalCommand(['restore', dir, '--force'], elsewhere)).toMatchObject({ code: 0, said: '' })
  const kept = readdirSync(join(old, '..')).find((name) => name.endsWith('.backup')) ?? ''
  expect(readFileSync(join(old, '..', kept), 'utf8')).toBe('旧的数据库')
  expect(await verified(elsewhere)).toEqual(nothingWrong)
})

test.runIf(dialect === 'postgres')(
  'a server’s database that has tables is left alone, also with --force',
  async () => {
    const { dir } = await aBackup(place())
    await aComment(portal, { body: '备份后的意见' })
    for (const words of [
      ['restore', dir],
      ['restore', dir, '--force'],
    ]) {
      expect(await portalCommand(words, place())).toMatchObject({
        code: 1,
        out: '',
        said: expect.stringMatching(
          /^目标 PostgreSQL 数据库不是空的（已有 \d+ 张表），没有改动；请新建一个空数据库/,
        ),
      })
    }
    const bodies = await portal.db.query
      .select({ body: comments.body })
      .from(comments)
      .orderBy(asc(comments.number))
    expect(bodies.map(({ body }) => body)).toEqual(['备份前的意见', '备份后的意见'])
  },
)
