import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { comments, consultations, submissions } from '../../../db/schema/index.ts'
import { buildApp } from '../../../server/app.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { formFields, openForm, sendForm } from '../forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const address = '/consultations/shanxi-laoqu/submissions'
const body = '建议写明补贴的对象和标准，便于农户了解。'
const stored = async () => (await portal.db.query.select({ id: comments.id }).from(comments)).length
const ofReceipt = (html: string) => /<output id="receipt-number">([^<]+)</.exec(html)?.[1]
const sendJson = (payload: unknown, key?: string, remoteAddress = '127.0.0.1') =>
  portal.app.inject({
    method: 'POST',
    url: address,
    remoteAddress,
    headers: { 'content-type': 'Application/JSON', ...(key ? { 'idempotency-key': key } : {}) },
    payload: JSON.stringify(payload),
  })

test('what is taken in the last millisecond is stored as of that, however long the work on it takes', async () => {
  const slow = await buildTestApp()
  onTestFinished(() => slow.close())
  const [{ closesAt = new Date(0) } = {}] = await slow.db.query.select().from(consultations)
  let passed = 0
  const app = await buildApp({ ...slow.deps, now: () => new Date(closesAt.getTime() + passed++) })
  onTestFinished(() => app.close())
  const sent = await app.inject({
    method: 'POST',
    url: address,
    headers: { 'content-type': 'application/json', 'idempotency-key': 'in-the-last-millisecond' },
    payload: JSON.stringify({ comments: [{ clause: 'p3', stance: 'support', body }] }),
  })
  expect(sent.statusCode).toBe(201)
  const [stored] = await slow.db.query.select({ at: submissions.createdAt }).from(submissions)
  expect(stored?.at).toEqual(closesAt)
})

describe('the form', () => {
  test('a comment on a clause gives a receipt that opens its state', async () => {
    const form = await openForm(portal.app, 'p3')
    const sent = await sendForm(portal.app, address, {
      ...form,
      'comments[0][stance]': 'amend',
      'comments[0][body]': body,
      name: '朱小明',
      region: '长治市武乡县',
    })
    expect(sent.statusCode).toBe(201)
    expect(ofReceipt(sent.body)).toMatch(/^20261123-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    const code = /<output id="receipt-code">([^<]+)</.exec(sent.body)?.[1] ?? ''
    const status = await sendForm(portal.app, '/receipts', { code: code.toLowerCase().replaceAll('-', ' ') })
    expect(status.statusCode).toBe(200)
    expect(status.body).toContain('待审核')
    expect(status.body).toContain(body)
  })

  test('what is wrong is said beside the field and in a summary, with everything typed still there', async () => {
    const before = await stored()
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][body]': '好<b>',
      contact: '13800000000',
      region: '月球',
    })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain('有 3 处需要修改')
    expect(sent.body).toContain('<a href="#p3-comments-0-body">意见内容至少 5 个字</a>')
    expect(sent.body).toContain('id="p3-comments-0-body-error">意见内容至少 5 个字<')
    expect(sent.body).toContain('请选择意见类型')
    expect(sent.body).toContain('好&lt;b&gt;</textarea>')
    expect(sent.body).toContain('value="13800000000"')
    expect(await stored()).toBe(before)
  })

  test.each([
    ['only spaces', '  \u3000 \n ', '请填写意见内容'],
    ['one character too many', '字'.repeat(5001), '意见内容最多 5000 个字，现在是 5001 个字'],
    ['a NUL', `这里有一个\0字符`, '无法保存的字符'],
  ])('a body of %s is refused', async (_name, text, message) => {
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][stance]': 'oppose',
      'comments[0][body]': text,
    })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain(message)
  })

  test.each([
    ['', '赞成'],
    [' \u3000', '赞成'],
    ['我很赞成', '我很赞成'],
  ])('whoever agrees need not say why: “%s” is kept as “%s”', async (text, kept) => {
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][stance]': 'support',
      'comments[0][body]': text,
    })
    expect(sent.statusCode).toBe(201)
    const [last] = (await portal.db.query.select().from(comments).orderBy(comments.number)).slice(-1)
    expect(last?.body).toBe(kept)
  })

  test('what is wrong in several comments says on which clause, and a part that was begun and left empty stays', async () => {
    const { token = '' } = await openForm(portal.app, 'p3')
    const sent = await sendForm(portal.app, address, {
      token,
      'comments[0][clause]': 'p3',
      'comments[0][body]': body,
      'comments[1][clause]': 'p3',
      'comments[2][clause]': 'p10',
      'comments[2][stance]': 'oppose',
      'comments[2][body]': '短',
    })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain(
      '<a href="#p3-comments-0-stance">（一）推进特优农业提质增效：请选择意见类型</a>',
    )
    expect(sent.body).toContain(
      '<a href="#p3-comments-2-body">（八）建设完善现代化基础设施：意见内容至少 5 个字</a>',
    )
    expect(sent.body).toContain('id="p3-comments-2-body-error">意见内容至少 5 个字<')
    expect(sent.body).toContain('name="comments[1][body]"')
    expect(sent.body).not.toContain('id="p3-comments-1-body-error"')
  })

  test('one in which nothing was written comes back with a place to write in', async () => {
    const form = await openForm(portal.app, 'p3')
    for (const path of ['submissions', 'review', 'comments/new']) {
      const { body: page } = await sendForm(portal.app, address.replace('submissions', path), {
        ...form,
        again: 'p3',
      })
      expect(page).toContain('<textarea id="p3-comments-0-body" name="comments[0][body]"')
      expect(page).toContain('<input type="hidden" name="comments[0][clause]" value="p3">')
    }
  })

  test('an unknown clause is refused with the text kept', async () => {
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][clause]': 'p99',
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
    })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain('没有这一条')
    expect(sent.body).toContain(body)
  })

  test('the words that a comment quotes stand beside it where its code opens it', async () => {
    const clause = (await portal.app.inject('/consultations/shanxi-laoqu/draft.json'))
      .json()
      .units.find((unit: { key: string | null }) => unit.key === 'p3')
    const words = clause.text.slice(20, 32)
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][stance]': 'amend',
      'comments[0][body]': body,
      'comments[0][quote]': words,
    })
    const code = /<output id="receipt-code">([^<]+)</.exec(sent.body)?.[1] ?? ''
    const status = await sendForm(portal.app, '/receipts', { code })
    expect(status.body).toMatch(new RegExp(`<blockquote[^>]*><span class="hidden">针对原文：</span>${words}`))
  })

  test('words that the clause does not hold cannot be quoted', async () => {
    const sent = await sendForm(portal.app, address, {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
      'comments[0][quote]': '这一条里没有的话。',
    })
    expect(sent.statusCode).toBe(422)
    expect(sent.body).toContain('引用的句子不在这一条里')
  })

  test('a body far too big is refused with a sentence', async () => {
    const sent = await sendForm(portal.app, address, { 'comments[0][body]': 'x'.repeat(7 * 1024 * 1024) })
    expect(sent.statusCode).toBe(413)
    expect(sent.body).toContain('提交的内容太大')
  })

  test('60 comments of 5,000 characters fit into one submission', async () => {
    const { token } = formFields((await portal.app.inject('/consultations/shanxi-laoqu/comments/new')).body)
    const fields: Record<string, string> = { token: token ?? '' }
    for (let i = 0; i < 60; i++) {
      fields[`comments[${i}][clause]`] = `p${(i % 23) + 1}`
      fields[`comments[${i}][stance]`] = 'oppose'
      fields[`comments[${i}][body]`] = '长'.repeat(5000)
    }
    expect((await sendForm(portal.app, address, fields)).statusCode).toBe(201)
  })

  test('a closed consultation takes nothing and gives the text back', async () => {
    const form = await openForm(portal.app, 'p3')
    const before = await stored()
    const open = portal.clock.now
    portal.clock.now = new Date('2026-12-23T16:00:00Z')
    const sent = await sendForm(portal.app, address, {
      ...form,
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
    })
    portal.clock.now = open
    expect(sent.statusCode).toBe(403)
    expect(sent.body).toContain('征求意见已经截止，不再接收新的意见。这次没有提交成功')
    expect(sent.body).toContain(`${body}</textarea>`)
    expect(await stored()).toBe(before)
  })
})

describe('the same form twice', () => {
  test('a hundred at once are one submission and one receipt', async () => {
    const before = (await portal.db.query.select({ id: submissions.id }).from(submissions)).length
    const form = {
      ...(await openForm(portal.app, 'p5')),
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
    }
    const answers = await Promise.all(Array.from({ length: 100 }, () => sendForm(portal.app, address, form)))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => ofReceipt(body))).size).toBe(1)
    const after = (await portal.db.query.select({ id: submissions.id }).from(submissions)).length
    expect(after).toBe(before + 1)
  })

  test('other words under the same token are asked about, with a fresh token that then works', async () => {
    const form: Record<string, string> = {
      ...(await openForm(portal.app, 'p5')),
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
    }
    await sendForm(portal.app, address, form)
    const changed = { ...form, 'comments[0][body]': `${body}还有一点。` }
    const asked = await sendForm(portal.app, address, changed)
    expect(asked.statusCode).toBe(409)
    expect(asked.body).toContain(`${body}还有一点。</textarea>`)
    const token = formFields(asked.body).token ?? ''
    expect(token).not.toBe(form.token)
    expect((await sendForm(portal.app, address, { ...changed, token })).statusCode).toBe(201)
  })

  test('a token that is not ours is refused with the text kept', async () => {
    const sent = await sendForm(portal.app, address, {
      token: 'mfz.deadbeef.AAAA',
      'comments[0][clause]': 'p3',
      'comments[0][stance]': 'support',
      'comments[0][body]': body,
    })
    expect(sent.statusCode).toBe(409)
    expect(sent.body).toContain(body)
  })
})

describe('JSON', () => {
  const payload = { comments: [{ clause: 'p3', stance: 'support', body }] }

  test('is answered with the receipt, the same for the same key', async () => {
    const [first, second] = [await sendJson(payload, 'key-1'), await sendJson(payload, 'key-1')]
    expect(first.statusCode).toBe(201)
    expect(first.json().receipt.code).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    expect(second.json()).toEqual(first.json())
  })

  test('needs an Idempotency-Key', async () => {
    expect((await sendJson(payload)).statusCode).toBe(400)
    expect((await sendJson(payload, 'é')).statusCode).toBe(400)
  })

  test('with the same key and other content is a conflict', async () => {
    await sendJson(payload, 'key-2')
    const { statusCode } = await sendJson({ comments: [{ clause: 'p4', stance: 'support', body }] }, 'key-2')
    expect(statusCode).toBe(409)
  })

  test.each([
    ['nothing', null],
    ['a list', []],
    ['a text for comments', { comments: 'x' }],
    ['lists where texts belong', { comments: [{ clause: ['p3'], stance: {}, body: [body] }], name: ['x'] }],
    [
      'half a surrogate pair',
      { comments: [{ clause: 'p3', stance: 'support', body: '一半的字符\ud800在这里' }] },
    ],
    ['sixty-one comments', { comments: Array.from({ length: 61 }, () => payload.comments[0]) }],
  ])('of %s is a clear refusal', async (_name, hostile) => {
    const { statusCode, body } = await sendJson(hostile, crypto.randomUUID())
    expect(statusCode).toBe(422)
    expect(JSON.parse(body).error.message).toMatch(/[\u4e00-\u9fff]/)
  })

  test.each([
    ['is one program’s', '1', 2],
    ['is anybody’s who sends it', 'c2b5f8f6-3c1e-4c39-a0d9-1f6d9a3f7e10', 1],
  ])('a key that two programs at two addresses use %s: %s', async (_name, key, receipts) => {
    const payload = { comments: [{ clause: 'p3', stance: 'support', body: `${body}${key}` }] }
    const sent = [await sendJson(payload, key, '192.0.2.1'), await sendJson(payload, key, '192.0.2.2')]
    const again = await sendJson(payload, key, '192.0.2.1')
    expect(new Set(sent.map((answer) => answer.json().receipt.code)).size).toBe(receipts)
    expect(again.json()).toEqual(sent[0]?.json())
  })
})
