import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { attachments } from '../../db/schema/index.ts'
import { BackupFolder } from '../../server/cli/backups/backup-folder.ts'
import { holdMoment } from '../../server/cli/backups/one-moment.ts'
import { FileStore } from '../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { anEmptyFolder } from './backing-up.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const store = () => new FileStore(portal.deps.config.dataDir, 'attachments')

/** A letter whose file has an id that begins with this: files are copied in that order. */
async function aLetter(start: string): Promise<string> {
  const id = start + crypto.randomUUID().slice(1)
  const measures = await store().write(Buffer.from(id), id)
  await aComment(portal, {}, { attachments: [{ id, name: '来函.pdf', type: 'pdf', ...measures }] })
  return id
}

test('where a file came and went while others were copied, a later moment is held', async () => {
  const first = await aLetter('1')
  const came: string[] = []
  const backup = new BackupFolder(anEmptyFolder(), null)
  const write = backup.write.bind(backup)
  const copied = vi.spyOn(backup, 'write')
  copied.mockImplementationOnce(async (...file) => {
    came.push(await aLetter('2'), await aLetter('3'))
    return write(...file)
  })
  copied.mockImplementationOnce(async (...file) => {
    const gone = came[1] ?? ''
    await portal.db.query.delete(attachments).where(eq(attachments.id, gone))
    await store().remove(gone)
    return write(...file)
  })
  const { source, files, lost } = await holdMoment(portal.deps.config, backup)
  await source.close()
  expect(files.map(({ path }) => path)).toEqual([first, came[0]].map((id) => `attachments/${id}`))
  expect(lost).toBe(0)
})

test('a file that has been lost is counted, and keeps nobody from a backup', async () => {
  const [kept, lostId] = [await aLetter('1'), await aLetter('2')]
  await store().remove(lostId)
  const { source, files, lost } = await holdMoment(
    portal.deps.config,
    new BackupFolder(anEmptyFolder(), null),
  )
  await source.close()
  expect(files.map(({ path }) => path)).toEqual([`attachments/${kept}`])
  expect(lost).toBe(1)
})
