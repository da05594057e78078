import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, filledPortal, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('one answer to all that a reading shows, approved by a second person, is shown with the comments', async () => {
  const approver = await signIn(portal, 'approver')
  const form = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(form.body).toContain('<strong>10</strong> 条意见')
  expect(form.body).toContain('<strong>5</strong> 条不公开')

  const wrong = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', reason: '写得好' })
  expect(wrong.statusCode).toBe(422)
  for (const said of ['请选择采纳情况', '其中有不公开的意见，请写归纳', '写得好'])
    expect(wrong.body).toContain(said)

  const answer = { outcome: 'partly_adopted', reason: '已在第（五）条写明时限。', summary: '建议写明时限' }
  const drafted = await drafter.post('/office/shanxi-laoqu/responses', { clause: 'p7', ...answer })
  expect(drafted.statusCode).toBe(303)
  const address = String(drafted.headers.location)

  await drafter.get(address)
  expect((await drafter.post(`${address}/submission`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/approval`, {})).statusCode).toBe(403)
  await approver.get(address)
  const empty = await approver.post(`${address}/return`, { note: ' ' })
  expect(empty.statusCode).toBe(422)
  expect((await drafter.get(address)).body).not.toContain('<dt>批准</dt>')
  expect((await approver.post(`${address}/approval`, {})).statusCode).toBe(303)
  const { body } = await drafter.get(address)
  expect(body).toMatch(new RegExp(`<dt>送审</dt><dd>${drafter.name}，\\d{4}-`))
  expect(body).toMatch(new RegExp(`<dt>批准</dt><dd>${approver.name}，\\d{4}-`))
  const late = await approver.post(`${address}/return`, { note: '再改' })
  expect(late.statusCode).toBe(409)

  const reading = await drafter.get('/office/shanxi-laoqu/comments?clause=p7&state=published')
  expect(reading.body.match(/部分采纳<\/a><\/strong>（已批准）：已在第（五）条写明时限。/g)).toHaveLength(5)
  const again = await drafter.get('/office/shanxi-laoqu/responses/new?clause=p7')
  expect(again.statusCode).toBe(409)
  const listed = await drafter.get('/office/shanxi-laoqu/responses?state=approved')
  expect(listed.body).toContain('已答复 <strong>10</strong> / 40 条')
})

test('an answer with what no database keeps comes back as it was typed', async () => {
  await drafter.get('/office/shanxi-laoqu/responses/new?clause=p1')
  const fields = { clause: 'p1', outcome: 'adopted', reason: 'a\u0000b', summary: '归纳' }
  const refused = await drafter.post('/office/shanxi-laoqu/responses', fields)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('理由里有无法保存的字符')
  const long = await drafter.post('/office/shanxi-laoqu/responses', { ...fields, reason: '长'.repeat(2001) })
  expect(long.statusCode).toBe(422)
  const lists = await drafter.post('/office/shanxi-laoqu/responses', {
    clause: ['p1'],
    outcome: ['adopted'],
    reason: { a: 1 },
  })
  expect(lists.statusCode).toBe(422)
})

describe('what whoever writes an answer has before them', () => {
  const base = '/office/shanxi-laoqu'
  const text = (body: string) => body.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
  let ids: string[]
  beforeAll(async () => {
    const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
    const said = (body: string) => ({ ...amendment, clause: 'p12', body })
    ids = await say(
      portal.db,
      consultation,
      ['建议设专项资金。', '建议设立专项资金池。', '应公开申报办法。'].map(said),
    )
  })

  test('the comments themselves, each with its letter a click away', async () => {
    const { body } = await drafter.get(`${base}/responses/new?clause=p12`)
    expect(text(body)).toContain('要答复的意见')
    for (const words of ['建议设专项资金。', '建议设立专项资金池。']) expect(body).toContain(words)
    expect(text(body)).not.toContain('条相同')
    const letter = `${base}/splits/${ids[0]}`
    expect(body).toContain(`href="${letter}"`)
    expect((await drafter.get(letter)).body).toContain('建议设专项资金。')
  })

  test('the clause as it was put out, and as it is worded now', async () => {
    const open = async () => text((await drafter.get(`${base}/responses/new?clause=p12`)).body)
    expect(await open()).toContain('（还没有修改）')
    const clause = (await drafter.get(`${base}/clauses/p12`)).body
    const worded = `${/<textarea[^>]*name="text"[^>]*>\n?([^<]*)/.exec(clause)?.[1]}设立专项资金。`
    await drafter.post(`${base}/clauses/p12/wording`, { text: worded, reason: '采纳', revision: '0' })
    const { body } = await drafter.get(`${base}/responses/new?clause=p12`)
    expect(text(body)).toContain('（已有修改稿）')
    expect(body).toMatch(/<ins>[^<]*设立专项资金。<\/ins>/)
  })

  test('what was answered to the clause before, to be taken over and nothing stored', async () => {
    const drafted = await drafter.post(`${base}/responses`, {
      comment: ids[0],
      ...{ outcome: 'not_adopted', reason: '专项资金另有规定，见起草说明。', summary: '' },
    })
    const address = String(drafted.headers.location)
    const form = `${base}/responses/new?clause=p12`
    expect((await drafter.get(form)).body).not.toContain('以前的答复')
    await drafter.post(`${address}/submission`, {})
    expect(text((await drafter.get(form)).body)).toContain('未采纳（待批准）：专项资金另有规定，见起草说明。')
    const taken = await drafter.post(`${base}/responses/new`, {
      comment: ids[1],
      ...{ earlier: address.split('/').at(-1), outcome: 'adopted', reason: '还没写完', summary: '归纳留着' },
    })
    expect(taken.body).toMatch(/name="outcome" value="not_adopted"[^>]* checked/)
    expect(taken.body).toMatch(/<textarea[^>]*name="reason"[^>]*>\n?专项资金另有规定/)
    expect(taken.body).toContain('归纳留着')
    expect((await drafter.get(`${base}/responses/new?comment=${ids[1]}`)).statusCode).toBe(200)
  })

  test('what was answered under a theme before, on whatever clause, and nothing of another', async () => {
    const consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
    const about = (clause: string, body: string) => ({ ...amendment, clause, body })
    const same = Array.from({ length: 2 }, () => about('p18', '车站太远。'))
    await say(portal.db, consultation, same)
    expect(text((await drafter.get(`${base}/responses/new?clause=p18`)).body)).toContain(
      '2 条相同：车站太远。',
    )
    const [one, other, apart] = await say(portal.db, consultation, [
      about('p15', '路灯太暗。'),
      about('p16', '路灯不够。'),
      about('p17', '公厕太少。'),
    ])
    await drafter.get(`${base}/themes`)
    await drafter.post(`${base}/themes`, { name: '照明', words: '路灯' })
    const themes = (await drafter.get(`${base}/themes`)).body
    const theme = /themes\/([0-9a-f-]{36})/.exec(themes)?.[1] ?? ''
    const tagged = await drafter.post(`${base}/themes/tagging`, {
      into: theme,
      comment: [one ?? '', other ?? ''],
    })
    expect(tagged.statusCode).toBe(303)
    for (const [comment, reason] of [
      [one, '已列入亮化工程。'],
      [apart, '公厕另行规划。'],
    ]) {
      const fields = { comment, outcome: 'explained', reason, summary: '' }
      const drafted = await drafter.post(`${base}/responses`, fields)
      await drafter.post(`${String(drafted.headers.location)}/submission`, {})
    }
    const { body } = await drafter.get(`${base}/responses/new?comment=${other}`)
    expect(text(body)).toContain('以前的答复（1 种）')
    expect(body).toContain('已列入亮化工程。')
    expect(body).not.toContain('公厕另行规划。')
  })
})
