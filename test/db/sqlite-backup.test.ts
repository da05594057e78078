import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copySqlite } from '../../db/backup.ts'
import { connect } from '../../db/sqlite-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-backup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a copy is the database as it was when copying began, however much is written meanwhile', async () => {
  const [file, target] = [join(folder, 'portal.db'), join(folder, 'copy.db')]
  const writer = connect(file)
  writer.exec('CREATE TABLE page (bytes blob)')
  const write = writer.prepare('INSERT INTO page VALUES (zeroblob(3000))')
  writer.transaction(() => {
    for (let page = 0; page < 9000; page++) write.run()
  })()
  let steps = 0
  await copySqlite(file, target, () => {
    steps++
    write.run()
  })
  writer.close()
  const copy = connect(target)
  expect(copy.prepare('SELECT count(*) FROM page').pluck().get()).toBe(9000)
  expect(steps).toBeGreaterThan(2)
  copy.close()
})
