import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addUnitOpinion } from '../../../db/queries/answers/unit-opinions.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { consultations } from '../../../db/schema/index.ts'
import { leaderPageLimits } from '../../../server/rules/briefs/leader-page-form.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { convert, hasLibreOffice } from '../../documents/libreoffice.ts'
import { officeErrors } from '../../documents/papers/office-errors.ts'
import { allText } from '../../documents/papers/read-back.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let consultation: Consultation
let concerns: string[]
const address = '/office/shanxi-laoqu/leader-page'
const file = '/office/shanxi-laoqu/papers/leader_page.docx'
const long = (count: number) => '老区振兴'.repeat(Math.ceil(count / 4)).slice(0, count)

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  drafter = await signIn(portal, 'drafter')
  const act = { staffId: drafter.id, now: portal.clock.now }
  concerns = []
  for (let i = 0; i < 6; i++) {
    const comments = await say(portal.db, consultation, [{ ...amendment, body: `请写明时限${i}。` }])
    const facts = { sentence: `${i}${long(299)}`, clause: 'p7', themeId: null, departmentId: null }
    concerns.push(await makeConcern(portal.db, consultation.id, facts, { pointIds: [], comments }, act))
  }
  return portal
})

test('before anything is typed it has the concerns that most say, and the figures with their base', async () => {
  anewAfter()
  const { body } = await drafter.get(address)
  expect(body).toContain('收到意见6条（6人次）。纳入研究6条')
  expect(body).toContain('按纳入研究的意见计，赞成0条、修改6条')
  expect(body).toContain('首次呈阅。')
  expect(body).toContain('没有未协调一致的意见。')
  expect(body.match(/<td>[1-5]\. /g)).toHaveLength(5)
})

test('what is typed stands on it, as a version; whoever comes second loses nothing', async () => {
  anewAfter()
  await drafter.get(address)
  const typed = {
    question: '请审定修改方向。',
    concern1: concerns[5] ?? '',
    proposal1: '拟采纳。',
    unit: '地区处',
  }
  expect((await drafter.post(address, { ...typed, revision: '0' })).statusCode).toBe(303)
  const { body } = await drafter.get(address)
  expect(body).toContain('请审定修改方向。')
  expect(body).toContain('拟采纳。')
  expect(body).toContain('承办处室：地区处')
  expect(body.match(/<td>[1-5]\. /g)).toHaveLength(1)
  const late = await drafter.post(address, { ...typed, question: '另一个说法', revision: '0' })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('没有保存：同事先改了呈阅件')
  expect(late.body).toContain('另一个说法')
  expect((await drafter.get('/office/shanxi-laoqu/versions/leader_page/leader_page')).body).toContain(
    '请审定修改方向。',
  )
})

test('what would not go on one side is refused with how long it may be, and nothing typed is lost', async () => {
  anewAfter()
  await drafter.get(address)
  const typed = { question: long(121), proposal2: long(49), decisions: '照此办理', revision: '0' }
  const { statusCode, body } = await drafter.post(address, typed)
  expect(statusCode).toBe(422)
  expect(body).toContain('请示事项最多 120 个字，现在是 121 个字')
  expect(body).toContain('第 2 项的拟办意见最多 48 个字，现在是 49 个字')
  expect(body).toContain(long(121))
  expect(body).toContain('照此办理')
})

test('a number that the data does not bear out is pointed out, and the file waits until it is put right', async () => {
  anewAfter()
  await drafter.get(address)
  await drafter.post(address, { question: '共收到意见 412 条，请审定。', revision: '0' })
  const { body } = await drafter.get(address)
  expect(body).toContain('写的是“收到意见 412 条”，数据是 6')
  const refused = await drafter.get(file)
  expect(refused.statusCode).toBe(409)
  expect(refused.body).toContain('写的是“收到意见 412 条”，数据是 6')
  await drafter.post(address, { question: '共收到意见 6 条，请审定。', revision: '1' })
  expect((await drafter.get(address)).body).not.toContain('数据是')
  expect((await drafter.get(file)).statusCode).toBe(200)
})

test('on a later day it says what has changed since the one before', async () => {
  const { db, clock } = portal
  await drafter.get(address)
  await drafter.post(address, { concern1: concerns[0] ?? '', revision: '0' })
  await say(db, consultation, [{ ...amendment, body: '又来一条。' }])
  clock.now = new Date('2026-11-24T02:00:00Z')
  drafter = await signIn(portal, 'drafter')
  const { body } = await drafter.get(address)
  expect(body).toContain('与2026年11月23日的一份相比：收到意见6→7条；纳入研究6→7条')
  const changed = { concern1: concerns[1] ?? '', revision: '1' }
  await drafter.post(address, changed)
  expect((await drafter.get(address)).body).toContain('换上主要意见1项、换下1项')
})

test.skipIf(!hasLibreOffice)(
  'it is one side of A4, empty and with the longest that may be typed',
  async () => {
    const { db, clock } = portal
    const act = { staffId: drafter.id, now: clock.now }
    const empty = (await drafter.get(file)).rawPayload
    for (const unit of ['甲', '乙', '丙']) {
      await addUnitOpinion(
        db,
        consultation.id,
        {
          ...{
            unit: unit + long(59),
            letterNumber: null,
            sentOn: '2026-11-20',
            dueOn: null,
            repliedOn: null,
          },
          ...{ reply: 'opinion', unitPosition: long(5000), officePosition: long(5000), unresolved: true },
        },
        act,
      )
    }
    await drafter.get(address)
    const { question, proposal, decisions, unit, contact, phone } = leaderPageLimits
    const typed = {
      ...{ question: long(question), decisions: long(decisions), unit: long(unit) },
      ...{ contact: long(contact), phone: long(phone), revision: '2' },
      ...Object.fromEntries(concerns.slice(0, 5).map((id, i) => [`concern${i + 1}`, id])),
      ...Object.fromEntries(concerns.slice(0, 5).map((_, i) => [`proposal${i + 1}`, long(proposal)])),
    }
    expect((await drafter.post(address, typed)).statusCode).toBe(303)
    const { body } = await drafter.get(address)
    expect(body).toContain('另有 1 项，见部门意见汇总表')
    await db.query.update(consultations).set({ title: long(200), organ: long(40) })
    const full = (await drafter.get(file)).rawPayload
    expect(await officeErrors('呈阅件.docx', full)).toEqual([])
    expect(await allText('呈阅件.docx', full)).toContain('批示')
    const folder = mkdtempSync(join(tmpdir(), 'leader-'))
    try {
      const pages = convert(
        new Map([
          ['empty.docx', empty],
          ['full.docx', full],
        ]),
        'pdf',
        folder,
      )
      for (const [name, pdf] of pages) {
        writeFileSync(join(folder, `${name}.pdf`), pdf)
        if (process.env.KEEP) writeFileSync(join(process.env.KEEP, `${name}.pdf`), pdf)
        const info = execFileSync('pdfinfo', [join(folder, `${name}.pdf`)], { encoding: 'utf8' })
        expect(info, name).toMatch(/Pages:\s+1\n/)
        expect(info, name).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
