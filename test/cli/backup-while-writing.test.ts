import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachments, comments } from '../../db/schema/index.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment, type StoredComment } from '../moderation/comments.ts'
import { sendForm } from '../public/forms.ts'
import { aBackup, anEmptyPlace, nothingWrong, openedAt, placeOf, verified } from './backing-up.ts'
import { portalCommand } from './portal-command.ts'

const citizens = 3
let portal: TestPortal
/** What each of them has sent and may think better of. */
const sentBy: StoredComment[][] = []
beforeAll(async () => {
  portal = await buildTestApp()
  for (let i = 0; i < citizens; i++) {
    const sent: StoredComment[] = []
    for (let j = 0; j < 20; j++) sent.push(await aLetter())
    sentBy.push(sent)
  }
  for (let i = 0; i < 30; i++) await Promise.all(Array.from({ length: 20 }, () => aComment(portal)))
})
afterAll(() => portal.close())

async function aLetter(): Promise<StoredComment> {
  const id = crypto.randomUUID()
  const measures = await new FileStore(portal.deps.config.dataDir, 'attachments').write(Buffer.from(id), id)
  const letter = { id, name: '来函.pdf', type: 'pdf' as const, ...measures }
  return aComment(portal, {}, { name: '李某某', contact: '13800138000', attachments: [letter] })
}

/** One more letter comes with its file, and one that came a while ago goes with its own. */
async function comeAndGo(sent: StoredComment[]): Promise<void> {
  await aLetter()
  const before = sent.shift()
  if (!before) return
  const fields = { code: before.code, comment: before.publicId, confirmed: '1' }
  expect((await sendForm(portal.app, '/receipts/withdrawal', fields)).statusCode).toBe(200)
}

test('what is in a backup is one moment, whatever comes and goes meanwhile', async () => {
  const withdrawn = () => portal.db.query.$count(comments, eq(comments.state, 'withdrawn'))
  const before = await portal.db.query.$count(comments)
  let isOver = false
  const coming = sentBy.map(async (sent) => {
    while (!isOver) await comeAndGo(sent)
  })
  const { dir, code, said } = await aBackup(placeOf(portal.deps.config))
  isOver = true
  await Promise.all(coming)
  expect(await withdrawn()).toBeGreaterThan(0)
  expect([code, said]).toEqual([0, ''])

  const place = await anEmptyPlace()
  expect(await portalCommand(['restore', dir], place)).toMatchObject({ code: 0, said: '' })
  expect(await verified(place)).toEqual(nothingWrong)
  const restored = await openedAt(place)
  const [after, held] = await Promise.all(
    [portal.db, restored].map(async ({ query }) => ({
      comments: await query.$count(comments),
      letters: await query.$count(attachments),
    })),
  )
  expect(held?.comments).toBeGreaterThanOrEqual(before)
  expect(held?.comments).toBeLessThan(after?.comments ?? 0)
  expect(held?.letters).toBeGreaterThan(0)
})
