import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileNameOf } from '../../db/queries/papers/jobs.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { digests, jobs, log, settings, submissions } from '../../db/schema/index.ts'
import { createSeals, UnknownKey } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import { openPortal, wrongKey } from '../../server/open-portal.ts'
import { keysInUse } from '../every-seal.ts'

import {
  aNode,
  anew,
  consultationIn,
  newId,
  old,
  oldId,
  opensAll,
  rotate,
  sealedPortal,
  settingsWith,
  submission,
  type Upgraded,
} from './rotating.ts'

let portal: Upgraded
beforeEach(async () => {
  portal = await sealedPortal()
})
afterEach(() => portal.close())

describe('a key that lies beside the data', () => {
  const file = () => join(portal.deps.config.dataDir, 'secret-key')
  beforeEach(() => writeFileSync(file(), `${old}\n`))

  test('is rotated while a node serves, which learns the new one; in the end nothing is sealed with the old one', async () => {
    const serving = await aNode(portal, {})
    const sealed = await opensAll(serving)
    const before = await keysInUse(portal.db)
    // With that of the rotation's own entry in the log.
    const evidence = 1 + (await portal.db.query.$count(digests))
    expect(before['submissions.name']).toEqual(['1'])
    const { code, out, said } = await rotate(portal, {})
    expect([code, said]).toEqual([0, ''])
    const id = createSeals(Buffer.from(readFileSync(file(), 'utf8'), 'base64')).key.id
    expect(out).toContain(
      `现在全部用密钥 ${id} 加密，本次重新加密 ${sealed + portal.facts.papers.length + evidence} 处`,
    )
    const after = Object.entries(before).map(([place]) => [place, [id]])
    expect(await keysInUse(portal.db)).toEqual(Object.fromEntries(after))
    expect(existsSync(`${file()}.next`)).toBe(false)
    expect(readFileSync(file(), 'utf8')).not.toContain(old)
    expect(await opensAll(serving)).toBe(sealed)
    expect(await opensAll(await aNode(portal, {}))).toBe(sealed)
    await expect(openPortal(readConfig(settingsWith(portal, { SECRET_KEY: old })))).rejects.toThrow(wrongKey)
    const acts = await portal.db.query.select().from(log).where(eq(log.subject, 'secret-key'))
    expect(acts).toMatchObject([
      { act: 'keys.rotate', staffId: null, detail: { to: id } },
      { act: 'keys.finish_rotation', detail: { broken: 0 } },
    ])
  })

  test('is rotated for a paper too that had to be made again', async () => {
    const { db, deps } = portal
    const [job] = await db.query.select().from(jobs).where(eq(jobs.state, 'done')).limit(1)
    if (!job) return expect.unreachable('there is no paper')
    const again = { ...job, remadeAt: deps.now() }
    const pathOf = (one: typeof job) => join(deps.config.dataDir, 'papers', fileNameOf(one))
    await db.query.update(jobs).set({ remadeAt: again.remadeAt }).where(eq(jobs.id, job.id))
    renameSync(pathOf(job), pathOf(again))
    expect(await rotate(portal, {})).toMatchObject({ code: 0, said: '' })
    await opensAll(await aNode(portal, {}))
  })

  test('is rotated again and again, and receipts are still found by the codes of the first', async () => {
    for (const _ of [1, 2, 3]) expect(await rotate(portal, {})).toMatchObject({ code: 0, said: '' })
    await opensAll(await aNode(portal, {}))
  })

  test('is kept once more where the command ended before it had put the new one in its place', async () => {
    expect(await rotate(portal, {})).toMatchObject({ code: 0 })
    const made = readFileSync(file(), 'utf8')
    writeFileSync(`${file()}.next`, made)
    writeFileSync(file(), `${old}\n`)
    await opensAll(await aNode(portal, {}))
    expect(await rotate(portal, {})).toMatchObject({ code: 0, said: '' })
    expect(readFileSync(file(), 'utf8')).toBe(made)
    expect(existsSync(`${file()}.next`)).toBe(false)
  })

  test('is rotated although a value was damaged, which stays as it is and is told', async () => {
    const [row] = await portal.db.query.select().from(submissions).where(isNotNull(submissions.name)).limit(1)
    const damaged = { name: `${row?.name?.slice(0, -4)}AAAA` }
    await portal.db.query
      .update(submissions)
      .set(damaged)
      .where(eq(submissions.id, row?.id ?? ''))
    const { code, said } = await rotate(portal, {})
    expect([code, said]).toEqual([0, '1 处密文用现有的密钥都打不开，原样留着\n'])
    expect((await keysInUse(portal.db))['submissions.name']).toContain('1')
  })
})

describe('a key in the environment', () => {
  test('is rotated once the nodes have been given the new one; one that starts with that alone opens everything', async () => {
    const serving = await aNode(portal, { SECRET_KEY: old, NEW_SECRET_KEY: anew })
    const sealed = await opensAll(serving)
    expect(await rotate(portal, { SECRET_KEY: old })).toMatchObject({
      code: 1,
      said: expect.stringContaining('请先在每个节点加设 NEW_SECRET_KEY'),
    })
    expect(await rotate(portal, { SECRET_KEY: old, NEW_SECRET_KEY: old })).toMatchObject({
      code: 1,
      said: 'NEW_SECRET_KEY 与 SECRET_KEY 相同，没有要换的\n',
    })
    expect(await rotate(portal, { SECRET_KEY: old, NEW_SECRET_KEY: anew })).toMatchObject({
      code: 0,
      said: '',
    })
    expect(await opensAll(serving)).toBe(sealed)
    expect(await opensAll(await aNode(portal, { SECRET_KEY: anew }))).toBe(sealed)
    expect(new Set(Object.values(await keysInUse(portal.db)).flat())).toEqual(new Set([newId]))
  })

  test('that a node was not given takes it out of service in a sentence, and it stores nothing', async () => {
    const late = await aNode(portal, { SECRET_KEY: old })
    await rotate(portal, { SECRET_KEY: old, NEW_SECRET_KEY: anew })
    const sent = submission(await consultationIn(late), '刚才换了密钥。')
    const before = await portal.db.query.$count(submissions)
    const { db, seals, now } = late.deps
    await expect(submit(db, seals, sent, 'late', now())).rejects.toThrow(UnknownKey)
    const answer = await late.app.inject({
      method: 'POST',
      url: '/consultations/shanxi-laoqu/submissions',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'late' },
      payload: {
        identity: 'individual',
        comments: [{ clause: 'p3', stance: 'support', body: '刚才换了密钥。' }],
      },
    })
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'unknown_key'])
    expect(await portal.db.query.$count(submissions)).toBe(before)
    const ready = await late.app.inject('/readyz')
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: wrongKey }])
  })
})

test('a portal of before, whose check names no key, keeps its row and its key', async () => {
  const { db, deps } = portal
  const sealed = deps.seals.seal('secret-key', { table: 'settings', column: 'value', row: 'secret-key' })
  const value = { sealed: sealed.replace(`.${oldId}.`, '.1.') }
  await db.query.insert(settings).values({ key: 'secret-key', value })
  const node = await aNode(portal, { SECRET_KEY: old })
  await submit(
    node.db,
    node.deps.seals,
    submission(await consultationIn(node), '照旧。'),
    'k',
    node.deps.now(),
  )
  await expect(aNode(portal, { SECRET_KEY: anew })).rejects.toThrow(wrongKey)
  expect(await rotate(portal, { SECRET_KEY: old, NEW_SECRET_KEY: anew })).toMatchObject({ code: 0, said: '' })
  await opensAll(await aNode(portal, { SECRET_KEY: anew }))
})
