import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { comments, consultations, digests, submissions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { check, closed, newestReceipt, publishAt, sendMany } from '../../jobs/heads.ts'
import { submissionsAddress, submitComment } from '../decided.ts'
import { openForm, sendForm } from '../forms.ts'

const body = '建议写明补贴的对象和标准，便于农户了解。'
let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const proofOf = async (code: string) => {
  const sent = await sendForm(portal.app, '/receipts/proof', { code })
  expect(sent.statusCode).toBe(200)
  return sent.json()
}
const heads = async () => (await portal.app.inject('/consultations/shanxi-laoqu/transparency.json')).json()

/** What the receipt's page hands out, from the address in which it lies. */
function fileOn(page: string): { receipt: string; leaf: object; opening: object[] } {
  const [, base64 = ''] = /href="data:application\/json;base64,([^"]+)"/.exec(page) ?? []
  return JSON.parse(Buffer.from(base64, 'base64').toString())
}

describe('the receipt', () => {
  test('carries a signed leaf at once, which proves each word of what was sent', async () => {
    const form = await openForm(portal.app, 'p3')
    const { body: page } = await sendForm(portal.app, submissionsAddress, {
      ...form,
      'comments[0][stance]': 'amend',
      'comments[0][body]': body,
      name: '朱小明',
      contact: '13800138000',
    })
    expect(page).toContain('这份签名证明您的提交已经收到')
    const file = fileOn(page)
    const { code, said } = await check([file])
    expect(code).toBe(0)
    expect(said).toContain('通过  回执的签名')
    expect(said).toMatch(new RegExp(`通过 {2}内容：.*${body}`))
    expect(JSON.stringify(file)).not.toMatch(/朱小明|13800138000/)
  })

  test('is given the same leaf when it is sent again, and when it is looked up', async () => {
    const form = {
      ...(await openForm(portal.app, 'p3')),
      'comments[0][stance]': 'amend',
      'comments[0][body]': body,
    }
    const first = fileOn((await sendForm(portal.app, submissionsAddress, form)).body)
    const again = await sendForm(portal.app, submissionsAddress, form)
    expect(fileOn(again.body)).toEqual(first)
    const code = /<output id="receipt-code">([^<]+)</.exec(again.body)?.[1] ?? ''
    expect(await proofOf(code)).toEqual({ ...first, inclusion: null, head: null })
  })

  test('carries it to a program too', async () => {
    const send = async () => {
      const sent = await portal.app.inject({
        method: 'POST',
        url: submissionsAddress,
        headers: { 'idempotency-key': 'one' },
        payload: { comments: [{ clause: 'p3', stance: 'amend', body }] },
      })
      return sent.json().receipt
    }
    const { leaf } = await send()
    expect((await check([{ leaf }])).code).toBe(0)
    expect((await send()).leaf, 'as it is read from what is stored').toEqual(leaf)
  })

  test('tells nothing of what else came in', async () => {
    const code = await submitComment(portal, 'p3', body)
    const [submission] = await portal.db.query.select().from(submissions)
    const [comment] = await portal.db.query.select().from(comments)
    const file = JSON.stringify(await proofOf(code))
    expect(file).toContain(comment?.publicId)
    expect(file).not.toContain(submission?.id)
    expect(file).not.toContain(comment?.id)
  })
})

describe('the proof file', () => {
  test('leads from the receipt to the head, once one is published', async () => {
    await sendMany(portal, 20)
    const code = await submitComment(portal, 'p3', body)
    expect((await sendForm(portal.app, '/receipts', { code })).body).toContain('还没有编入公布的树头')
    await publishAt(portal, closed)
    expect((await sendForm(portal.app, '/receipts', { code })).body).toContain(
      '已编入 2026-12-24 00:01 的树头',
    )
    const proof = await proofOf(code)
    const { code: ended, said } = await check([proof, await heads()])
    expect(ended, said).toBe(0)
    expect(said).toContain('通过  收在这个树头里，共 21 件')
  })

  test('does not hold for another leaf, another place, another tree, another key, other words', async () => {
    await sendMany(portal, 20)
    const code = await submitComment(portal, 'p3', body)
    await publishAt(portal, closed)
    const proof = await proofOf(code)
    const key = proof.leaf.public_key
    expect((await check([proof], '--key', key)).code).toBe(0)
    expect((await check([proof], '--key', 'f'.repeat(64))).code).toBe(1)
    const { leaf, inclusion, head, opening } = proof
    const altered = (text: string, from: string, to: string) => text.replace(from, to)
    const wrong = [
      { ...proof, leaf: { ...leaf, statement: altered(leaf.statement, '2026-11', '2026-12') } },
      { ...proof, inclusion: { ...inclusion, position: (inclusion.position + 1) % 21 } },
      { ...proof, inclusion: { ...inclusion, path: inclusion.path.slice(1) } },
      { ...proof, inclusion: { ...inclusion, path: [...inclusion.path, inclusion.path[0]] } },
      { ...proof, head: { ...head, statement: altered(head.statement, 'size: 21', 'size: 22') } },
      { ...proof, head: { ...head, statement: altered(head.statement, 'pending: 21', 'pending: 20') } },
      { ...proof, head: { ...leaf } },
      { ...proof, leaf: { ...head } },
      {
        ...proof,
        opening: opening.map((one: { text: string }) => ({
          ...one,
          text: altered(one.text, '农户', '农民'),
        })),
      },
      { ...proof, opening: [opening[1], opening[0]] },
    ]
    for (const one of wrong) expect((await check([one])).code, JSON.stringify(one)).toBe(1)
  })

  test('proves the place of what was withdrawn since, without its words', async () => {
    const code = await submitComment(portal, 'p3', body)
    const [comment] = await portal.db.query.select().from(comments)
    await sendForm(portal.app, '/receipts/withdrawal', {
      code,
      comment: comment?.publicId ?? '',
      confirmed: 'yes',
    })
    expect((await portal.db.query.select().from(comments))[0]?.state).toBe('withdrawn')
    await publishAt(portal, closed)
    const proof = await proofOf(code)
    expect(JSON.stringify(proof)).not.toContain(body)
    const { code: ended, said } = await check([proof])
    expect([ended, said]).toEqual([0, expect.stringContaining('通过  收在这个树头里，共 1 件')])
  })

  test('gives no head before the public may see it', async () => {
    await portal.db.query.update(consultations).set({ publicationPolicy: 'outcome_only' })
    const code = await submitComment(portal, 'p3', body)
    await publishAt(portal, closed)
    expect(await proofOf(code)).toMatchObject({ head: null, inclusion: null })
    await portal.db.query.update(consultations).set({ outcomeAt: closed })
    expect((await proofOf(code)).head.statement).toContain('size: 1')
  })

  test('is opened by no code that there is not', async () => {
    const sent = await sendForm(portal.app, '/receipts/proof', { code: '0000-0000-0000-0000-0000-0000' })
    expect(sent.statusCode).toBe(404)
  })

  test('waits for the digest of what was there before there were digests', async () => {
    const code = await submitComment(portal, 'p3', body)
    await portal.db.query.delete(digests).where(eq(digests.kind, 'submissions'))
    const sent = await sendForm(portal.app, '/receipts/proof', { code })
    expect([sent.statusCode, sent.body]).toEqual([503, expect.stringContaining('存证正在准备')])
    expect(await newestReceipt(portal)).not.toBe('')
  })
})
