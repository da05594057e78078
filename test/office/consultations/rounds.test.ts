import { afterEach, beforeEach, expect, test } from 'vitest'
import { rewordClause } from '../../../db/queries/answers/revised-wordings.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { ZipArchive } from '../../../server/documents/reading/zip-archive.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { say } from '../filled-consultation.ts'
import { base, makeReady, type PutUp, publish, putUp, send, slug } from './conducting.ts'
import { secondPolicy } from './draft-text.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
  await publish(people)
})
afterEach(() => portal.close())

const importSecond = () => send(people.drafter, `${base}/import`, { text: secondPolicy })
const mapping = `${base}/rounds/2/mapping`
const draftJson = async () => (await portal.app.inject(`/consultations/${slug}/draft.json`)).json()
const keys = async () => (await draftJson()).units.map(({ key }: { key: string | null }) => key)

async function comment(clause: string, body: string): Promise<void> {
  const answer = await portal.app.inject({
    method: 'POST',
    url: `/consultations/${slug}/submissions`,
    headers: { 'idempotency-key': `${clause}-${body.length}` },
    payload: { comments: [{ clause, stance: 'amend', body }] },
  })
  expect(answer.statusCode, answer.body).toBe(201)
}

test('a second round is read in, and the public goes on reading the first', async () => {
  const answer = await importSecond()
  expect(answer.headers.location).toBe(`${base}/rounds/2/outline`)
  expect((await draftJson()).round).toBe(1)
})

test('the table shows both texts and the number of comments on each clause', async () => {
  await comment('p3', '一处服务站太少了')
  await comment('p4', '护理人员待遇要提高')
  await importSecond()
  const page = (await people.drafter.get(mapping)).body.replace(/\s+/g, ' ')
  expect(page).toContain('<del>一</del><ins>两</ins>处')
  expect(page).toMatch(/每个社区至少建设一处.*1 条意见/)
  expect(page).toMatch(/<tr class="deleted">.*支持职业院校开设护理专业.*1 条意见，仍然保留/)
  expect(page).toContain('其余 5 条都对，确认')
  expect(page).not.toContain('null')
})

test('it is not published before somebody has confirmed where each clause comes from', async () => {
  await importSecond()
  const refused = await publish(people)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('还有 5 条没有确认')
  await send(people.drafter, mapping, {})
  expect((await publish(people)).statusCode).toBe(303)
  expect((await draftJson()).round).toBe(2)
})

test('keys survive: what is reworded keeps its key, what is new says so, what was dropped is gone', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  expect(await keys()).toEqual(['p1', null, 'p2', null, 'p3', 'r2p4', null, 'p5'])
})

test('a person changes where a clause comes from, and the keys follow', async () => {
  await importSecond()
  const changed = await send(people.drafter, mapping, { relation: 'reworded', from: 'p4' }, `${mapping}/5`)
  expect(changed.headers.location).toBe(`${mapping}#u5`)
  const page = await people.drafter.get(mapping)
  expect(page.body).toContain(`✓ ${people.drafter.name} 已确认`)
  expect(page.body).not.toContain('已删去')
  await send(people.drafter, mapping, {})
  await publish(people)
  expect(await keys()).toEqual(['p1', null, 'p2', null, 'p3', 'p4', null, 'p5'])
})

test.each([
  [{ relation: 'reworded', from: 'p99' }, '上一稿没有编号 p99 的条款'],
  [{ relation: 'merged', from: 'p3' }, '请填写两个或以上的来源编号'],
  [{ relation: 'new', from: 'p3' }, '新增的条款不填来源'],
  [{ relation: 'unchanged', from: 'p4' }, '文字与上一稿不同'],
  [{ relation: 'reworded', from: '' }, '请填写一个来源编号'],
  [{ relation: 'eaten', from: 'p3' }, '请选择这一条与上一稿的关系'],
  [{ relation: ['new'], from: { a: 1 } }, '请选择这一条与上一稿的关系'],
])('a mapping that cannot be is refused with what to do: %j', async (fields, said) => {
  await importSecond()
  const answer = await send(people.drafter, mapping, fields, `${mapping}/5`)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain(said)
})

test('what was confirmed stays confirmed when another clause is repaired', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await send(
    people.drafter,
    `${base}/rounds/2/outline`,
    { step: 'split-4', words: '服务站应当' },
    `${base}/rounds/2/repairs`,
  )
  const page = await people.drafter.get(mapping)
  expect(page.body).toMatch(/其余 2 条都对，确认/)
})

test('another document takes the place of a round that is not published', async () => {
  await importSecond()
  await send(people.drafter, `${base}/import`, { text: secondPolicy.replace('两处', '三处') })
  const page = await people.drafter.get(`${base}/rounds/2/outline`)
  expect(page.body).toContain('三处养老服务站')
  expect((await people.drafter.get(`${base}/rounds/3/outline`)).statusCode).toBe(404)
})

test('a second round has a period of its own, or only its text', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  const short = await publish(people, { closes_on: '2026-12-01' })
  expect(short.statusCode).toBe(422)
  expect(short.body).toContain('最早 2026-12-23 截止')
  await publish(people, { closes_on: '2026-12-30' })
  expect((await people.drafter.get(`${base}/publication`)).body).toContain('2026-11-23 至 2026-12-30')
})

test('the public compares the rounds, with counts and differences', async () => {
  await importSecond()
  const early = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(early.statusCode).toBe(404)
  await send(people.drafter, mapping, {})
  await publish(people)
  const page = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(page.statusCode).toBe(200)
  const said = page.body.replace(/\s+/g, ' ')
  expect(said).toContain('未修改 <b>3</b> 条，有修改 <b>1</b> 条，新增 <b>1</b> 条，删去 <b>1</b> 条')
  expect(said).toContain('<del>一</del><ins>两</ins>处')
  expect(said).toMatch(/id="p4".*<del>（二）培养护理人员/)
  expect(said).not.toContain('null')
})

test('why a clause is changed or dropped is said in the comparison and in its table', async () => {
  await importSecond()
  const reasons = `${base}/rounds/2/reasons`
  const given = await send(people.drafter, mapping, { reason: '一处不够用' }, `${reasons}/p3`)
  expect(given.headers.location).toBe(`${mapping}#p3`)
  await send(people.drafter, mapping, { reason: '另行规定' }, `${reasons}/p4`)
  expect((await people.drafter.get(mapping)).body).toContain('一处不够用</textarea>')
  await send(people.drafter, mapping, {})
  await publish(people)
  const compared = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  const page = compared.body.replace(/<[^>]+>/g, '')
  expect(page).toContain('说明：一处不够用')
  expect(page).toContain('说明：另行规定')
  const file = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2/table.docx`)
  const archive = await ZipArchive.open(file.rawPayload)
  let xml = ''
  for await (const chunk of archive.read('word/document.xml')) xml += chunk.toString()
  expect(xml).toContain('有修改。一处不够用')
  expect(xml).toContain('删去。另行规定')
  const late = await send(people.drafter, mapping, { reason: '补充', version: '9' }, `${reasons}/p3`)
  expect(late.statusCode).toBe(409)
})

test('a reason that cannot be kept is refused with what was typed, and one for no clause is not found', async () => {
  await importSecond()
  const reasons = `${base}/rounds/2/reasons`
  const long = await send(people.drafter, mapping, { reason: '长'.repeat(1001) }, `${reasons}/p3`)
  expect(long.statusCode).toBe(422)
  expect(long.body).toContain('说明最多 1000 个字')
  expect(long.body).toContain('长'.repeat(1001))
  expect((await send(people.drafter, mapping, { reason: '无' }, `${reasons}/p99`)).statusCode).toBe(404)
  await send(people.drafter, mapping, { reason: '一处不够用' }, `${reasons}/p3`)
  await send(people.drafter, mapping, { reason: '' }, `${reasons}/p3`)
  expect((await people.drafter.get(mapping)).body).not.toContain('一处不够用')
})

test('what the office wrote when it reworded a clause comes along with a draft that has it so', async () => {
  const consultation = await findConsultation(portal.db, slug)
  if (!consultation) throw new Error('it was not put up')
  const text = /（一）(.*)/.exec(secondPolicy)?.[1] ?? ''
  const { id } = people.drafter
  await rewordClause(
    portal.db,
    consultation.id,
    { round: 1, clause: 'p3', text, reason: '采纳群众意见' },
    [],
    id,
    portal.clock.now,
  )
  await rewordClause(
    portal.db,
    consultation.id,
    { round: 1, clause: 'p1', text: '别的话', reason: '未用' },
    [],
    id,
    portal.clock.now,
  )
  await importSecond()
  const page = (await people.drafter.get(mapping)).body
  expect(page).toContain('采纳群众意见</textarea>')
  expect(page).not.toContain('未用')
})

test.each(['1/compare/1', '2/compare/1', '0/compare/1', '1/compare/9', 'a/compare/b', '1/compare/%00'])(
  'an address that compares nothing is not found: %s',
  async (path) => {
    expect((await portal.app.inject(`/consultations/${slug}/rounds/${path}`)).statusCode).toBe(404)
  },
)

test('the comparison table comes as a Word file', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  const file = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2/table.docx`)
  expect(file.statusCode).toBe(200)
  expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK')
  expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain(`修改对照表-${slug}.docx`)
})

test('the page of a clause shows what a round made of it, and one that was dropped keeps its page', async () => {
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  const said = async (key: string) => {
    const page = await portal.app.inject(`/consultations/${slug}/clauses/${key}`)
    expect(page.statusCode).toBe(200)
    return page.body.replace(/\s+/g, ' ')
  }
  expect(await said('p3')).toMatch(/本条在第二稿中已修改.*每个社区至少建设一处.*每个社区至少建设两处/)
  const gone = await said('p4')
  expect(gone).toContain('本条在第二稿中已删去')
  expect(gone).toContain('支持职业院校开设护理专业')
  expect(gone).not.toContain('/clauses/p4/comments/new')
  expect(await said('p2')).not.toContain('已修改')
  expect((await portal.app.inject(`/consultations/${slug}/clauses/p99`)).statusCode).toBe(404)
})

test('comments on the first round stay where they were made: shown as such, listed and exported', async () => {
  const consultation = await findConsultation(portal.db, slug)
  if (!consultation) throw new Error('it was not put up')
  const said = (clause: string, body: string) => ({
    clause,
    body,
    state: 'published',
    stance: 'amend',
    identity: 'individual',
    region: null,
    channel: 'web',
    wording: null,
  })
  const words = { p3: '一处服务站太少了', p4: '护理人员待遇要提高' }
  await say(portal.db, consultation, [said('p3', words.p3), said('p4', words.p4)])
  await importSecond()
  await send(people.drafter, mapping, {})
  await publish(people)
  for (const key of ['p3', 'p4'] as const) {
    const page = await portal.app.inject(`/consultations/${slug}/clauses/${key}`)
    expect(page.body).toContain(words[key])
    expect(page.body).toContain('对第一稿提出')
  }
  const printed = (await portal.app.inject(`/consultations/${slug}/annotated`)).body
  for (const body of Object.values(words)) expect(printed).toContain(body)
  const list = (await portal.app.inject(`/consultations/${slug}/comments`)).body
  expect(list).toContain('（二）培养护理人员')
  expect(list).not.toMatch(/>p4</)
  const read = await people.drafter.get(`${base}/comments`)
  const file = await people.drafter.get(`${base}/comments.csv?scope=internal`)
  for (const body of Object.values(words)) {
    expect(read.body).toContain(body)
    expect(file.body).toContain(body)
  }
})
