import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation, hasConsultations } from '../../db/queries/consultations/consultations.ts'
import { currentRound } from '../../db/queries/drafts/rounds.ts'
import { earliestClosing } from '../../server/rules/consultations/periods.ts'
import { endOfDay, shanghaiDay } from '../../server/rules/days.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { policy } from '../office/consultations/draft-text.ts'
import { portalCommand } from './portal-command.ts'

let database: TestDatabase
let folder: string

beforeEach(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'portal-test-'))
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const run = (...args: string[]) =>
  portalCommand(['import', ...args], { DATABASE_URL: database.url, DATA_DIR: folder })

test('reads a draft in as one that only the office sees', async () => {
  const { code, out, said } = await run(file('yang_lao.txt', policy))
  expect([code, said]).toEqual([0, ''])
  expect(out).toContain('已导入，尚未公布：/consultations/yang-lao')
  expect(out).toContain('标题 3 个，可提意见的段落 5 个')
  const consultation = await findConsultation(database.db, 'yang-lao')
  expect(consultation?.title).toBe('关于促进社区养老服务的意见（征求意见稿）')
  expect(consultation?.publishedAt).toBeNull()
})

test('publishes at once, for the minimum period of its type', async () => {
  const { code, out } = await run(
    file('draft.txt', policy),
    ...['--slug', 'yanglao', '--title', '养老意见', '--type', 'regulation', '--publish'],
  )
  expect([code, out]).toEqual([0, expect.stringContaining('已公布：/consultations/yanglao')])
  const consultation = await findConsultation(database.db, 'yanglao')
  if (!consultation) throw new Error('it was not stored')
  const { id, title, opensAt, closesAt, publishedAt } = consultation
  expect(title).toBe('养老意见')
  expect(publishedAt).toEqual(opensAt)
  expect(closesAt).toEqual(endOfDay(earliestClosing(shanghaiDay(opensAt), 'regulation', new Map())))
  expect((await currentRound(database.db, id))?.units).toHaveLength(8)
})

test.each([
  ['征求意见稿.txt', policy, [], '请用 --slug 给出网址名'],
  ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), [], '另存为 .docx'],
  ['draft.txt', policy, ['--type', 'poem'], 'poem'],
] as const)('says what is wrong with %s, and stores nothing', async (name, content, args, words) => {
  const { code, said } = await run(file(name, content), ...args)
  expect(code, said).not.toBe(0)
  expect(said).toContain(words)
  expect(said).not.toContain('    at ')
  expect(await hasConsultations(database.db)).toBe(false)
})

test('an address is given once', async () => {
  const draft = file('draft.txt', policy)
  await run(draft, '--slug', 'twice')
  const { code, said } = await run(draft, '--slug', 'twice')
  expect([code, said]).toEqual([1, '网址名 twice 已经用过，请用 --slug 换一个\n'])
})
