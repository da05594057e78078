import { copyFileSync, cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { connect } from '../../db/sqlite-settings.ts'
import { sqliteFile } from '../../db/url.ts'
import { contentOf } from '../db/upgrades/content.ts'
import { fixtureVersions, loadFixture } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import {
  aBackup,
  anEmptyFolder,
  anEmptyPlace,
  nothingWrong,
  openedAt,
  type Place,
  verified,
} from './backing-up.ts'
import { portalCommand } from './portal-command.ts'
import { aNode, opensAll } from './rotating.ts'

async function asLeftBy(version: string): Promise<Place> {
  const place = await anEmptyPlace()
  await loadFixture(version, place.DATABASE_URL, place.DATA_DIR)
  const file = sqliteFile(place.DATABASE_URL)
  // A portal that has served leaves it in this mode.
  if (file) connect(file).close()
  return place
}

/** Every comment, decision, log entry and file, the receipts by their codes, and staff who sign in. */
async function expectAll(place: Place, version: string): Promise<void> {
  expect(await verified(place)).toEqual(nothingWrong)
  const known = await upgraded(version)
  onTestFinished(() => known.close())
  const { rows, ...content } = await contentOf(await openedAt(place))
  const { rows: before, ...expected } = known.facts.content
  expect(content).toEqual(expected)
  expect(Object.entries(before).filter(([table, count]) => !((rows[table] ?? 0) >= count))).toEqual([])
  const config = { ...known.deps.config, databaseUrl: place.DATABASE_URL, dataDir: place.DATA_DIR }
  // Papers are made anew: no backup has them.
  const facts = { ...known.facts, papers: [] }
  const node = await aNode(
    { ...known, deps: { ...known.deps, config }, facts },
    { SECRET_KEY: facts.secretKey },
  )
  expect(await opensAll(node)).toBeGreaterThan(100)
}

describe.each(fixtureVersions())('what %s has left', (version) => {
  test('is backed up as it is, and brought up to date when it is restored', async () => {
    const place = await asLeftBy(version)
    const { dir, code } = await aBackup(place)
    expect(code).toBe(0)
    const restored = await anEmptyPlace()
    expect(await portalCommand(['restore', dir], restored)).toMatchObject({ code: 0, said: '' })
    await expectAll(restored, version)
  })

  test.runIf(dialect === 'sqlite')(
    'is restored from its own backup, which it says cannot be proved',
    async () => {
      const place = await asLeftBy(version)
      const dir = anEmptyFolder()
      const file = sqliteFile(place.DATABASE_URL) ?? ''
      const laidAside = connect(file)
      laidAside.pragma('journal_mode=delete')
      laidAside.close()
      copyFileSync(file, join(dir, 'portal.db'))
      for (const name of ['attachments', 'procedure', 'explanations', 'log-head.json']) {
        const from = join(place.DATA_DIR, name)
        if (existsSync(from)) cpSync(from, join(dir, name), { recursive: true })
      }
      const restored = await anEmptyPlace()
      expect(await portalCommand(['restore', dir], restored)).toEqual({
        code: 0,
        out: `已从 ${dir} 恢复，可以启动门户\n`,
        said: '这是早先版本的备份，没有清单：数据库本身是完好的，但不能证明其中的内容没有变样\n',
      })
      await expectAll(restored, version)
    },
  )
})
