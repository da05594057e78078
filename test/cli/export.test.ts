import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { log } from '../../db/schema/index.ts'
import { personalExport } from '../../server/cli/export.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { csvRows } from '../documents/papers/read-back.ts'
import { aConsultation, canaries, everyKind, say, seals } from '../office/filled-consultation.ts'
import { portalCommand } from './portal-command.ts'

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  folder = mkdtempSync(join(tmpdir(), 'portal-export-'))
  const consultation = await aConsultation(db, 'a')
  await say(db, consultation, everyKind(['draft', 'p1', 'p2']))
  const grants = [{ role: 'approver' as const, consultationId: consultation.id }]
  const member = { name: '审批甲', passwordHash: '', totpSecret: 'x', grants }
  await addStaff(db, seals, member, { staffId: null, now: new Date() })
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const out = () => join(folder, crypto.randomUUID())
const run = (...args: string[]) =>
  portalCommand(['export', ...args], { DATABASE_URL: database.url, DATA_DIR: folder })

test('the comments of a scope and a filter are written whole, for the owner to read', async () => {
  const file = out()
  const asked = ['a', '--format', 'csv', '--scope', 'internal', '--header', 'en', '--state', 'pending']
  const { code, said } = await run(...asked, '--out', file)
  expect([code, said]).toEqual([0, ''])
  const rows = csvRows(readFileSync(file))
  expect(Object.keys(rows[0] ?? {}).slice(0, 7)).toEqual([
    'receipt_number',
    'comment_id',
    'clause',
    'stance',
    'state',
    'body',
    'wording',
  ])
  expect([rows.length, new Set(rows.map(({ state }) => state))]).toEqual([20, new Set(['pending'])])
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('a file is replaced with a word of it, and what is no file never', async () => {
  const [file, link, pipe] = [out(), out(), out()]
  writeFileSync(file, 'old')
  symlinkSync(file, link)
  execFileSync('mkfifo', [pipe])
  const asked = ['a', '--format', 'csv', '--out']
  for (const none of [link, pipe, folder]) {
    const { code, said } = await run(...asked, none)
    expect([code, said]).toEqual([1, expect.stringContaining('不是普通文件')])
  }
  expect([lstatSync(link).isSymbolicLink(), lstatSync(pipe).isFIFO()]).toEqual([true, true])
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(await run(...asked, file)).toMatchObject({ code: 0, said: `${file} 已经存在，将被替换\n` })
  expect(readFileSync(file, 'utf8')).not.toBe('old')
})

test('persons are named for an approver and a reason alone, and the log keeps both', async () => {
  const personal = ['a', '--format', 'csv', '--scope', 'personal', '--out']
  const refused = out()
  const { code, said } = await run(...personal, refused, '--by', '路人', '--reason', '核实第七条意见')
  expect([code, said.includes('审批人员'), existsSync(refused)]).toEqual([1, true, false])
  const file = out()
  const reason = '就第七条意见联系提出人核实'
  expect((await run(...personal, file, '--by', '审批甲', '--reason', reason)).code).toBe(0)
  expect(csvRows(readFileSync(file))[0]?.联系方式).toBe(canaries.contact)
  const acts = await database.db.query.select().from(log)
  const taken = acts.filter(({ act, detail }) => act === 'paper.take' && detail.scope === 'personal')
  expect(taken.map(({ staffId, detail }) => [staffId !== null, detail.reason])).toEqual([[true, reason]])
})

test.each([
  [{ by: '审批甲' }, '请填写事由'],
  [{ by: '审批甲', reason: '需要' }, '写具体'],
  [{ reason: '核实第七条意见' }, '审批人员'],
])('%j is not enough for a file that names persons', async (given, said) => {
  await expect(personalExport(database.db, 'another', { scope: 'personal', ...given })).rejects.toThrow(
    '审批人员',
  )
  const { id } = (await findConsultation(database.db, 'a')) ?? expect.unreachable()
  await expect(personalExport(database.db, id, { scope: 'personal', ...given })).rejects.toThrow(said)
})

test('a paper that is not there yet is refused with a sentence and no file', async () => {
  const file = out()
  const { code, said } = await run('a', '--format', 'docx', '--paper', 'report', '--out', file)
  expect([code, said]).toEqual([1, expect.stringContaining('结果还没有公布')])
  expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false])
})
