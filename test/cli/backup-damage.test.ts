import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRows } from '../../db/transfer/open-rows.ts'
import { sqliteFile } from '../../db/url.ts'
import { fixtureVersions } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { anEmptyFolder, anEmptyPlace, nothingWrong, type Place, placeOf, verified } from './backing-up.ts'
import { portalCommand } from './portal-command.ts'

const BACKUP_KEY = Buffer.alloc(32, 3).toString('base64')

/** The place of the byte that is changed, in a file of this size. */
const everyKind = { first: () => 0, middle: (size: number) => size >> 1, last: (size: number) => size - 1 }

describe.each([
  ['open', {}, ''],
  ['encrypted', { BACKUP_KEY }, '.encrypted'],
])('a backup that is %s', (_, keys, ending) => {
  let portal: Awaited<ReturnType<typeof upgraded>>
  let whole: string
  beforeAll(async () => {
    portal = await upgraded(fixtureVersions().at(-1) ?? '')
    whole = join(portal.deps.config.dataDir, 'backup')
    const made = await portalCommand(['backup', whole], { ...placeOf(portal.deps.config), ...keys })
    expect(made).toMatchObject({ code: 0, said: '' })
  })
  afterAll(() => portal.close())

  const restored = (dir: string, place: Place) => portalCommand(['restore', dir], { ...place, ...keys })
  const firstOf = (folder: string) => join(folder, readdirSync(join(whole, folder))[0] ?? '')

  function copyOf(): string {
    const dir = join(anEmptyFolder(), 'backup')
    cpSync(whole, dir, { recursive: true })
    return dir
  }

  function changeByte(file: string, place: (size: number) => number): void {
    const bytes = readFileSync(file)
    const at = place(bytes.length)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    writeFileSync(file, bytes)
  }

  async function expectNothingAt(place: Place): Promise<void> {
    expect(readdirSync(place.DATA_DIR)).toEqual([])
    const file = sqliteFile(place.DATABASE_URL)
    if (file) expect(existsSync(file)).toBe(false)
    else {
      const rows = await openRows(place.DATABASE_URL)
      expect(rows.tables).toEqual([])
      await rows.close()
    }
  }

  test('is restored where it is whole', async () => {
    const place = await anEmptyPlace()
    expect(await restored(whole, place)).toMatchObject({ code: 0, said: '' })
    expect(await verified(place)).toEqual(nothingWrong)
  })

  test.each(Object.entries(everyKind))(
    'names the table of which the %s byte was changed',
    async (_, byte) => {
      const [dir, place] = [copyOf(), await anEmptyPlace()]
      changeByte(join(dir, `tables/comments.ndjson${ending}`), byte)
      expect(await restored(dir, place)).toEqual({
        code: 1,
        out: '',
        said: '备份已损坏，什么都没有恢复：表 comments 与清单不符\n',
      })
      await expectNothingAt(place)
    },
  )

  test('names every file that was changed, cut off or is missing', async () => {
    const [dir, place] = [copyOf(), await anEmptyPlace()]
    const [letter, proof] = [firstOf('attachments'), firstOf('procedure')]
    changeByte(join(dir, letter), everyKind.middle)
    rmSync(join(dir, proof))
    const log = join(dir, `tables/log.ndjson${ending}`)
    writeFileSync(log, readFileSync(log).subarray(0, statSync(log).size - 40))
    const plain = (path: string) => path.slice(0, path.length - ending.length)
    expect(await restored(dir, place)).toEqual({
      code: 1,
      out: '',
      said: `备份已损坏，什么都没有恢复：表 log、文件 ${plain(letter)}、文件 ${plain(proof)} 与清单不符\n`,
    })
    await expectNothingAt(place)
  })

  test('is refused where its manifest was changed', async () => {
    const [dir, place] = [copyOf(), await anEmptyPlace()]
    const manifest = join(dir, `manifest.json${ending}`)
    // A digit becomes another: only its own hash tells.
    const digit = readFileSync(manifest).indexOf('"count": ') + '"count": '.length
    changeByte(manifest, () => digit)
    expect(await restored(dir, place)).toEqual({
      code: 1,
      out: '',
      said: '备份已损坏，什么都没有恢复：清单 manifest.json\n',
    })
    await expectNothingAt(place)
  })
})
