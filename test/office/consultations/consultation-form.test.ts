import { Document, Packer, Paragraph } from 'docx'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { policy } from './draft-text.ts'

let portal: TestPortal
let drafter: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get('/office/consultations/new')
})
afterEach(() => portal.close())

const typed = { organ: '某市民政局', document_type: 'regulation', slug: 'yanglao', text: '' }

/** Sends the form as a browser does that has chosen a file. */
async function upload(
  name: string,
  content: Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = typed,
) {
  const form = new FormData()
  for (const [field, value] of Object.entries({ _csrf: drafter.csrf, ...fields })) form.append(field, value)
  form.append('file', new Blob([content]), name)
  return sendRaw(new Response(form))
}

async function sendRaw(body: Response) {
  return portal.app.inject({
    method: 'POST',
    url: '/office/consultations',
    headers: { cookie: drafter.cookie, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  })
}

const bytes = (content: Buffer) => new Uint8Array(content)

async function stored() {
  const consultation = await findConsultation(portal.db, 'yanglao')
  return consultation && findRound(portal.db, consultation.id, 1)
}

test('a Word file is read, its name kept', async () => {
  const children = policy.split('\n').map((line) => new Paragraph(line))
  const file = await Packer.toBuffer(new Document({ sections: [{ children }] }))
  expect((await upload('社区养老.docx', bytes(file))).statusCode).toBe(303)
  const round = await stored()
  expect(round?.title).toBe('关于促进社区养老服务的意见（征求意见稿）')
  expect(round?.units).toHaveLength(8)
  expect(round?.fileName).toBe('社区养老.docx')
})

test('a file goes before pasted text, and an empty choice leaves the text', async () => {
  const text = policy.replace('一处', '七处')
  await upload('a.txt', bytes(Buffer.from(policy)), { ...typed, text })
  expect((await stored())?.source).toContain('一处')
  await upload('', new Uint8Array(), { ...typed, slug: 'other', text })
  expect(await findConsultation(portal.db, 'other')).not.toBeNull()
})

test.each([
  ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为 .docx'],
  ['scan.pdf', Buffer.from('%PDF-1.7'), 'PDF'],
  ['empty.txt', Buffer.alloc(0), '文件是空的'],
  ['bomb.docx', Buffer.from('PK\u0003\u0004 not a zip'), ''],
  ['big.txt', Buffer.alloc(20 * 1024 * 1024 + 1, 0x41), '文件超过 20 MB'],
])(
  'what cannot be read is refused with what to do, and the rest of the form stays: %s',
  async (name, content, said) => {
    const answer = await upload(name, bytes(content))
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(said)
    expect(answer.body).toContain('value="某市民政局"')
    expect(await stored()).toBeNull()
  },
)

test('a broken or hostile upload is refused in words', async () => {
  const type = { 'content-type': 'multipart/form-data; boundary=x' }
  for (const [body, status] of [
    ['--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf', 400],
    ['--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n', 400],
    ['', 403],
  ] as const) {
    const answer = await sendRaw(new Response(body, { headers: type }))
    expect(answer.statusCode, body).toBe(status)
    expect(answer.body).not.toMatch(/Error|at .*\.ts/)
  }
})

test('without the token of the session nothing is read in', async () => {
  const answer = await upload('a.txt', bytes(Buffer.from(policy)), { ...typed, _csrf: 'forged' })
  expect(answer.statusCode).toBe(403)
  expect(await stored()).toBeNull()
})

test('a moderator cannot put up a consultation', async () => {
  const moderator = await signIn(portal, 'moderator')
  expect((await moderator.get('/office/consultations/new')).statusCode).toBe(403)
})
