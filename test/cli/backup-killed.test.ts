import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRows } from '../../db/transfer/open-rows.ts'
import { sqliteFile } from '../../db/url.ts'
import { fixtureVersions } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { aBackup, anEmptyFolder, anEmptyPlace, nothingWrong, placeOf, verified } from './backing-up.ts'
import { fillingOf, killed } from './killed-command.ts'
import { portalCommand } from './portal-command.ts'

let portal: Awaited<ReturnType<typeof upgraded>>
beforeAll(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
})
afterAll(() => portal.close())

test('a backup that is killed has no name, and the next one is whole', async () => {
  const dir = join(anEmptyFolder(), 'backup')
  const place = placeOf(portal.deps.config)
  await killed(['backup', dir], place, () => existsSync(join(`${dir}.part`, 'tables/comments.ndjson')))
  expect(existsSync(dir)).toBe(false)
  expect(await portalCommand(['backup', dir], place)).toMatchObject({ code: 0, said: '' })
  expect(readdirSync(join(dir, '..'))).toEqual(['backup'])
  const restored = await anEmptyPlace()
  expect(await portalCommand(['restore', dir], restored)).toMatchObject({ code: 0, said: '' })
  expect(await verified(restored)).toEqual(nothingWrong)
})

test('a restore that is killed has left no database, and the next one is whole', async () => {
  const { dir } = await aBackup(placeOf(portal.deps.config))
  const place = await anEmptyPlace()
  const file = sqliteFile(place.DATABASE_URL)
  const isFilling = file ? () => existsSync(`${file}.restoring`) : await fillingOf(place.DATABASE_URL)
  await killed(['restore', dir], place, isFilling)
  if (file) expect(existsSync(file)).toBe(false)
  else {
    const left = await openRows(place.DATABASE_URL)
    expect(left.tables).toEqual([])
    await left.close()
  }
  expect(await portalCommand(['restore', dir], place)).toMatchObject({ code: 0, said: '' })
  expect(await verified(place)).toEqual(nothingWrong)
})
