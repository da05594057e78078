import { eq, gt } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { approveCorrection } from '../../../db/queries/answers/answer-corrections.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { wrongSplits } from '../../../db/queries/points/split-check.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { Refused } from '../../../db/refused.ts'
import { answerCorrections, log, outcomeRows, pointCounts } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { portalCommand } from '../../cli/portal-command.ts'
import { decided, submitComment } from '../../public/decided.ts'
import { sendForm } from '../../public/forms.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultationId: string
let drafter: SignedIn
let approver: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const published = '/consultations/shanxi-laoqu'
const answer = { outcome: 'not_adopted', reason: '现行规定已有。', summary: '' }
const right = {
  outcome: 'partly_adopted',
  reason: '已在第（五）条写明。',
  summary: '',
  cause: '漏看了修改稿。',
}

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  consultationId = consultation.id
  ids = await say(portal.db, consultation, [
    { ...amendment, body: '请写明时限。' },
    { ...amendment, body: '写明牵头单位。' },
    { ...amendment, clause: 'p8', state: 'withheld', body: '不愿公开的话。' },
  ])
  portal.clock.now = new Date('2026-12-24T15:50:00Z')
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'drafter', 'approver')
  await Promise.all([drafter.get(office), approver.get(office)])
  return portal
})

let address: string
beforeEach(() => {
  address = ''
})

/** An answer to these comments that the approver has approved. */
async function approved(fields: object): Promise<string> {
  const drafted = await drafter.post(`${office}/responses`, { ...answer, ...fields })
  expect(drafted.statusCode, drafted.body).toBe(303)
  const at = String(drafted.headers.location)
  await drafter.post(`${at}/submission`, {})
  expect((await approver.post(`${at}/approval`, {})).statusCode).toBe(303)
  return at
}

const propose = (fields: object = {}, who = drafter) =>
  who.post(`${address}/corrections`, { ...right, revision: '1', ...fields })

/** Where the correction that waits is decided. */
async function waiting(): Promise<string> {
  const { body } = await approver.get(address)
  return /action="([^"]+\/corrections\/[\w-]+)\/removal"/.exec(body)?.[1] ?? ''
}

test('an approved answer is corrected by two, and stays in force until the second has approved', async () => {
  anewAfter()
  address = await approved({ clause: 'p7' })
  expect((await propose()).statusCode).toBe(303)
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'not_adopted', count: 2 },
  ])
  const list = await approver.get(`${office}/response-corrections`)
  expect(list.body).toContain('由“未采纳”更正为“部分采纳”')
  expect(list.body).toContain('的 2 条意见')
  const home = (await approver.get('/office')).body
  const [, mine = ''] = /href="([^"]+)">待我批准的更正 <strong>1<\/strong>/.exec(home) ?? []
  expect((await approver.get(mine)).body).toContain('由“未采纳”更正为“部分采纳”')
  const ownOnes = mine.replace(approver.id, drafter.id)
  expect((await approver.get(ownOnes)).body).toContain('没有等待批准的更正。')
  expect((await drafter.get('/office')).body).not.toContain('待我批准的更正')

  const correction = await waiting()
  expect((await drafter.post(`${correction}/approval`, {})).statusCode).toBe(403)
  expect((await approver.post(`${correction}/approval`, {})).statusCode).toBe(303)
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'partly_adopted', count: 2 },
  ])
  expect((await wrongCounts(portal.db)).filter(({ counter }) => counter === 'answers')).toEqual([])
  const { body } = await drafter.get(address)
  expect(body).toContain('已在第（五）条写明。')
  expect(body).toContain('<mark>')
  const versions = await drafter.get(`${office}/versions/answer/${address.split('/').at(-1)}`)
  expect(versions.body).toContain('现行规定已有。')
  const [entry] = await portal.db.query.select().from(log).where(eq(log.act, 'response.correct'))
  expect(entry).toMatchObject({ staffId: approver.id, detail: { revision: 2, outcome: 'partly_adopted' } })
  const { databaseUrl, dataDir } = portal.deps.config
  const verified = await portalCommand(['verify'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })
  expect(verified.out).not.toContain('采纳情况')
})

test('nobody approves what they proposed, and of two who approve at once one does', async () => {
  anewAfter()
  address = await approved({ clause: 'p7' })
  await propose({}, approver)
  const own = await waiting()
  const self = await approver.post(`${own}/approval`, {})
  expect(self.statusCode).toBe(403)
  expect(self.body).toContain('不能批准自己提出的更正')
  const [row] = await portal.db.query.select().from(answerCorrections)
  if (!row) throw new Error('nothing was proposed')
  const act = { staffId: approver.id, now: portal.clock.now }
  await expect(approveCorrection(portal.db, row, act)).rejects.toThrow(Refused)
  const another = { staffId: drafter.id, now: portal.clock.now }
  for (const other of [
    { reason: '别的理由' },
    { cause: '别的原因' },
    { outcome: 'adopted' },
    { summary: '归纳' },
  ])
    await expect(approveCorrection(portal.db, { ...row, ...other }, another)).rejects.toThrow(Refused)
  const others = await Promise.all([signIn(portal, 'approver'), signIn(portal, 'approver')])
  await Promise.all(others.map((other) => other.get(address)))
  const both = await Promise.all(others.map((other) => other.post(`${own}/approval`, {})))
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    { clause: 'p7', outcome: 'partly_adopted', count: 2 },
  ])
})

test('one waits at a time; who comes second keeps what they typed', async () => {
  anewAfter()
  address = await approved({ clause: 'p7' })
  const draft = await propose({ reason: '' })
  expect(draft.statusCode).toBe(422)
  expect(draft.body).toContain('漏看了修改稿。</textarea>')
  expect((await propose({ ...answer, cause: '并无不同' })).body).toContain('与现在的答复相同，没有改动')
  const both = await Promise.all([propose(), propose({ reason: '另写的理由' }, approver)])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  const late = both.find(({ statusCode }) => statusCode === 409)
  expect(late?.body).toContain('已经有一份更正在等待批准')
  expect(late?.body).toContain('漏看了修改稿。</textarea>')
  const third = await signIn(portal, 'approver')
  await third.get(address)
  await third.post(`${await waiting()}/approval`, {})
  const stale = await propose({ reason: '照旧文字写的理由' })
  expect(stale.statusCode).toBe(409)
  expect(stale.body).toContain('这份答复刚刚变了')
  expect(stale.body).toContain('照旧文字写的理由</textarea>')
  expect(stale.body).toContain('name="revision" value="2"')
})

test('a correction is sent back with what is to be changed, or taken back, and the answer stays', async () => {
  anewAfter()
  address = await approved({ clause: 'p7' })
  await propose()
  const first = await waiting()
  expect((await approver.post(`${first}/return`, { note: '' })).statusCode).toBe(422)
  expect((await approver.post(`${first}/return`, { note: '请写明条款' })).statusCode).toBe(303)
  const again = await drafter.get(address)
  expect(again.body).toContain('请写明条款')
  expect(again.body).toContain('已在第（五）条写明。</textarea>')
  expect((await approver.post(`${first}/approval`, {})).statusCode).toBe(409)
  await propose()
  expect((await drafter.post(`${await waiting()}/removal`, {})).statusCode).toBe(303)
  expect(await answeredCells(portal.db, consultationId)).toMatchObject([{ outcome: 'not_adopted' }])
  for (const path of ['nothing', '%00'])
    expect((await approver.post(`${address}/corrections/${path}/approval`, {})).statusCode).toBe(404)
})

test('an answer that is not approved is not corrected, and one to what is not public keeps its 归纳', async () => {
  anewAfter()
  address = String((await drafter.post(`${office}/responses`, { ...answer, clause: 'p7' })).headers.location)
  expect((await propose()).statusCode).toBe(409)
  expect(await portal.db.query.select().from(answerCorrections)).toEqual([])
  address = await approved({ clause: 'p8', summary: '对时限有不同看法' })
  expect((await propose({ summary: '' })).body).toContain('请写归纳')
  const reader = await signIn(portal, 'auditor')
  expect((await reader.get(address)).body).not.toContain('提出更正</button>')
})

test('what was published stays; the comment’s page and the next edition say what was corrected and why', async () => {
  anewAfter()
  address = await approved({ clause: 'p7' })
  await approved({ clause: 'p8', summary: '对时限有不同看法' })
  const publish = async (fields = {}) => approver.post(`${office}/outcome/editions`, fields)
  expect((await publish()).statusCode).toBe(303)
  const before = await portal.db.query.select().from(outcomeRows)
  portal.clock.now = new Date('2026-12-24T16:05:00Z')
  expect((await propose()).statusCode).toBe(303)
  const third = await signIn(portal, 'approver')
  await third.get(address)
  expect((await portal.app.inject(`${published}/comments/${ids[0]}`)).body).not.toContain('已更正')
  await third.post(`${await waiting()}/approval`, {})

  expect(await portal.db.query.select().from(outcomeRows)).toEqual(before)
  const said = '采纳情况已更正（2026-12-25），原因：'
  const page = await portal.app.inject(`${published}/comments/${ids[0]}`)
  expect(page.body).toContain(said)
  expect(page.body).toContain('漏看了修改稿。')
  expect(page.body).toContain('部分采纳')
  expect((await portal.app.inject(`${published}/outcome`)).body).not.toContain('已更正')

  const next = await approver.get(`${office}/outcome`)
  expect(next.body).toContain('更正采纳情况 1 处：')
  expect(next.body).toContain('由“未采纳”更正为“部分采纳”，原因：漏看了修改稿。')
  const note = /name="note"[^>]*>([^<]+)</.exec(next.body)?.[1] ?? ''
  expect((await publish({ note })).statusCode).toBe(303)
  const second = await portal.app.inject(`${published}/outcome`)
  expect(second.body).toContain(said)
  expect(second.body).toContain('更正采纳情况 1 处')
  expect((await portal.app.inject(`${published}/outcome?edition=1`)).body).not.toContain(said)
  expect((await approver.get(`${office}/outcome`)).body).toMatch(/name="note"[^>]*><\/textarea>/)
  const table = await approver.get(`${office}/papers/adoption.csv`)
  expect(table.body).toContain('采纳情况已更正（2026-12-25，原因：漏看了修改稿。）')
})

test('a receipt shows the answer in force, and then that it was corrected', async () => {
  anewAfter()
  portal.clock.now = new Date('2026-11-24T02:00:00Z')
  const sent = await portal.app.inject({
    method: 'POST',
    url: `${published}/submissions`,
    headers: { 'idempotency-key': 'one' },
    payload: { comments: [{ clause: 'p3', stance: 'amend', body: '请写明数量。' }] },
  })
  const { code } = sent.json().receipt ?? sent.json()
  await decided(portal, '请写明数量。', 'published')
  const receipt = async () => (await sendForm(portal.app, '/receipts', { code })).body
  address = await approved({ clause: 'p3' })
  await propose()
  expect(await receipt()).toContain('现行规定已有。')
  expect(await receipt()).not.toContain('已更正')
  await approver.get(address)
  const third = await signIn(portal, 'approver')
  await third.get(address)
  expect((await third.post(`${await waiting()}/approval`, {})).statusCode).toBe(303)
  const after = await receipt()
  for (const said of [
    '部分采纳',
    '已在第（五）条写明。',
    '采纳情况已更正（2026-11-24），原因：',
    '漏看了修改稿。',
  ])
    expect(after).toContain(said)
  expect(after).not.toContain('现行规定已有。')
})

test('the answer to a point of a letter is corrected, and its letter, its counts and its receipt follow', async () => {
  anewAfter()
  portal.clock.now = new Date('2026-11-24T02:00:00Z')
  const letter = '您好！\n一是建议写明贴息的期限。\n二是建议修通武乡到沁源的旅游公路。\n谢谢。'
  const code = await submitComment(portal, 'p5', letter)
  const id = await decided(portal, letter, 'published')
  const seen = async () => (await commentToSplit(portal.db, consultationId, id)) ?? expect.unreachable()
  const { revision } = (await seen()).split
  expect((await drafter.post(`${office}/splits/${id}/acceptance`, { revision })).statusCode).toBe(303)
  const [first, second] = (await seen()).split.arrangement.filter(({ kind }) => kind === 'point')
  await approved({ point: first?.id, outcome: 'adopted' })
  address = await approved({ point: second?.id })
  const counts = async () => {
    const rows = await portal.db.query.select().from(pointCounts).where(gt(pointCounts.points, 0))
    return rows.map(({ outcome, points }) => [outcome, points]).sort()
  }
  expect(await counts()).toEqual([
    ['adopted', 1],
    ['not_adopted', 1],
  ])
  expect(await propose({ outcome: 'adopted' })).toMatchObject({ statusCode: 303 })
  const list = await approver.get(`${office}/response-corrections`)
  expect(list.body).toContain('的 1 条具体意见')
  const third = await signIn(portal, 'approver')
  await third.get(address)
  expect((await third.post(`${await waiting()}/approval`, {})).statusCode).toBe(303)
  expect(await counts()).toEqual([['adopted', 2]])
  expect((await seen()).split).toMatchObject({ arrangement: expect.any(Array) })
  expect(await answeredCells(portal.db, consultationId)).toEqual([
    expect.objectContaining({ outcome: 'adopted', count: 1 }),
  ])
  expect((await wrongCounts(portal.db)).filter(({ counter }) => counter === 'answers')).toEqual([])
  expect(await wrongSplits(portal.db)).toEqual([])
  const { body } = await sendForm(portal.app, '/receipts', { code })
  expect(body.match(/采纳情况已更正/g)).toHaveLength(1)
})
