import { Document, Packer, Paragraph } from 'docx'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, facts, makeReady, type PutUp, publish, putUp, slug } from './conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
})
afterEach(() => portal.close())

const pdf = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\n')
const word = async (...lines: string[]) =>
  Packer.toBuffer(new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] }))

/** Sends the settings as a browser does that has chosen a file. */
async function send(file: { name: string; content: Buffer } | null, fields: Record<string, string> = {}) {
  const page = await people.drafter.get(`${base}/settings`)
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? ''
  const form = new FormData()
  const all = { _csrf: people.drafter.csrf, revision, ...facts, short_period_reason: '', ...fields }
  for (const [name, value] of Object.entries(all)) form.append(name, value)
  if (file) form.append('explanation_file', new Blob([new Uint8Array(file.content)]), file.name)
  const body = new Response(form)
  return portal.app.inject({
    method: 'POST',
    url: `${base}/settings`,
    headers: { cookie: people.drafter.cookie, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

const publicFile = () => portal.app.inject(`/consultations/${slug}/explanation`)

test('a Word file gives its text, and the public takes it away as it was sent', async () => {
  const content = await word('一、起草背景', '老年人口增加。')
  expect((await send({ name: '说明.docx', content })).statusCode).toBe(303)
  expect((await people.drafter.get(`${base}/settings`)).body).toContain('老年人口增加。')
  expect((await publicFile()).statusCode).toBe(404)
  expect((await people.approver.get(`${base}/explanation`)).rawPayload.equals(content)).toBe(true)
  await publish(people)
  const file = await publicFile()
  expect(file.rawPayload.equals(content)).toBe(true)
  expect(file.headers['content-disposition']).toMatch(/^attachment;.*yanglao\.docx$/)
  expect(file.headers['content-type']).toBe('application/octet-stream')
  expect((await portal.app.inject(`/consultations/${slug}/notice`)).body).toContain(
    `href="/consultations/${slug}/explanation">Word</a>`,
  )
})

test('a PDF is enough: it is kept, and the notice names it', async () => {
  await send({ name: '说明.pdf', content: pdf }, { explanation: '' })
  expect((await publish(people)).statusCode).toBe(303)
  expect((await publicFile()).rawPayload.equals(pdf)).toBe(true)
  const notice = (await portal.app.inject(`/consultations/${slug}/notice`)).body
  expect(notice).toContain('2.起草说明')
  expect(notice).toContain('>PDF</a>')
})

test('a file stays until it is replaced or taken away', async () => {
  await send({ name: '说明.pdf', content: pdf })
  await send(null)
  expect((await people.drafter.get(`${base}/explanation`)).statusCode).toBe(200)
  await send(null, { remove_explanation_file: '1' })
  expect((await people.drafter.get(`${base}/explanation`)).statusCode).toBe(404)
  await send({ name: '说明.txt', content: Buffer.from('一、背景\n老龄化。') })
  expect((await people.drafter.get(`${base}/explanation`)).statusCode).toBe(404)
  expect((await people.drafter.get(`${base}/settings`)).body).toContain('老龄化。')
})

test('another file is refused, and what was typed comes back', async () => {
  const answer = await send(
    { name: '说明.pdf', content: Buffer.from('MZ\u0000\u0001\u0002\u0003') },
    { title: '新的标题' },
  )
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('无法识别文件里的文字')
  expect(answer.body).toContain('新的标题')
  expect((await people.drafter.get(`${base}/explanation`)).statusCode).toBe(404)
})
