import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fault, pressingFaults, retryFault } from '../../db/queries/faults.ts'
import { faults, log } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { BadPart, type KindOfWork } from '../../server/jobs/work.ts'
import { wholeWork } from '../../server/rules/upkeep/faults.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember } from '../staff.ts'

let portal: TestPortal
let told: unknown[]
const teller = { info: () => {}, error: (said: object) => void told.push(said) }

beforeEach(async () => {
  portal = await buildTestApp({ seed: false })
  told = []
})
afterEach(() => portal.close())

/** Work that does its rows once each, and fails on those that are in `bad`. */
function someWork(rows: string[], bad: Set<string>, done: string[]): KindOfWork {
  const marked = async () => (await portal.db.query.select().from(faults)).map(({ subject }) => subject)
  return {
    name: 'clause_words',
    batch: 4,
    async waiting(_deps, most) {
      const left = new Set([...done, ...(await marked())])
      return rows.filter((row) => !left.has(row)).slice(0, most)
    },
    async work(_deps, some) {
      const worst = some.find((row) => bad.has(row))
      if (worst) throw new RangeError(`no comment's text: 13812345678`)
      done.push(...some)
    },
  }
}

function follow(...kinds: KindOfWork[]): Promise<boolean> {
  return followOnce(portal.deps, teller, kinds)
}

async function mark(): Promise<Fault | undefined> {
  return (await portal.db.query.select().from(faults))[0]
}

function later(milliseconds: number): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + milliseconds)
}

test('bad rows are found among the others, marked, told of and passed over', async () => {
  const done: string[] = []
  const work = someWork(['a', 'b', 'c', 'd', 'e', 'f'], new Set(['b', 'e']), done)
  expect(await follow(work)).toBe(true)
  expect(done).toEqual(['a', 'c', 'd'])
  expect(await follow(work)).toBe(false)
  expect(done).toEqual(['a', 'c', 'd', 'f'])
  await follow(work)
  expect(told).toMatchObject([
    { work: 'clause_words', row: 'b' },
    { work: 'clause_words', row: 'e' },
  ])
  const rows = await portal.db.query.select().from(faults)
  expect(rows.map(({ subject }) => subject).sort()).toEqual(['b', 'e'])
  expect(JSON.stringify(rows)).not.toContain('138')
})

test('a row is tried again after rests that grow up to an hour, and forgotten once it is mended', async () => {
  const [done, bad]: [string[], Set<string>] = [[], new Set(['a'])]
  const work = someWork(['a'], bad, done)
  const rests: number[] = []
  for (let i = 0; i < 11; i++) {
    await follow(work)
    const { retryAt, failures, since } = (await mark()) ?? expect.unreachable('it is not marked')
    expect([failures, since]).toEqual([i + 1, new Date('2026-11-23T02:00:00Z')])
    rests.push((retryAt.getTime() - portal.clock.now.getTime()) / 1000)
    await follow(work)
    expect(told).toHaveLength(i + 1)
    portal.clock.now = retryAt
  }
  expect(rests).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
  bad.clear()
  await follow(work)
  expect([done, await mark()]).toEqual([['a'], undefined])
})

test('a mark of a row that nobody waits for any more is forgotten when it is due', async () => {
  await follow(someWork(['a'], new Set(['a']), []))
  later(10_000)
  await follow({ ...someWork([], new Set(), []), work: async () => {} })
  expect(await mark()).toBeUndefined()
})

test('an administrator has a row tried again at once, from the beginning of its rests', async () => {
  const work = someWork(['a'], new Set(['a']), [])
  const { id } = await aMember(portal, 'admin')
  for (let i = 0; i < 4; i++) {
    await follow(work)
    later(100_000)
  }
  const [fault] = await pressingFaults(portal.db, portal.clock.now)
  await retryFault(portal.db, fault ?? expect.unreachable('nothing is due'), {
    staffId: id,
    now: portal.clock.now,
  })
  await follow(work)
  expect(await mark()).toMatchObject({ failures: 1, retryAt: new Date(portal.clock.now.getTime() + 10_000) })
  const acts = (await portal.db.query.select().from(log)).filter(({ act }) => act === 'fault.retry')
  expect(acts).toMatchObject([{ staffId: id, subject: 'a', detail: { work: 'clause_words' } }])
})

test('work that fails as a whole rests, longer each time up to ten minutes, while the others go on', async () => {
  const done: string[] = []
  const broken = {
    ...someWork([], new Set(), []),
    name: 'campaigns',
    waiting: () => Promise.reject(new TypeError('settings')),
  } as const
  const other = someWork(['a', 'b'], new Set(), done)
  await follow(broken, other)
  expect(done).toEqual(['a', 'b'])
  const rests: number[] = []
  for (let i = 0; i < 12; i++) {
    const { retryAt, subject, error } = (await mark()) ?? expect.unreachable('it is not marked')
    expect([subject, error]).toEqual([wholeWork, 'TypeError'])
    rests.push((retryAt.getTime() - portal.clock.now.getTime()) / 1000)
    await follow(broken, other)
    expect(told).toHaveLength(i + 1)
    portal.clock.now = retryAt
    await follow(broken, other)
  }
  expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600])
  later(600_000)
  await follow({ ...broken, waiting: async () => [] }, other)
  expect(await mark()).toBeUndefined()
})

test('where not even a mark can be stored no row is blamed, and the others have their turn', async () => {
  const done: string[] = []
  const full = Object.assign(new Error('disk full'), { code: 'ENOSPC' })
  const deps = { ...portal.deps, db: { ...portal.db, atomically: () => Promise.reject(full) } }
  const kinds = [
    someWork(['a', 'b'], new Set(['a', 'b']), []),
    { ...someWork(['c'], new Set(), done), batch: 1 },
  ]
  await expect(followOnce(deps, teller, kinds)).rejects.toThrow('disk full')
  expect([done, await mark()]).toEqual([['c'], undefined])
})

test('what is marked names the part that is to blame', async () => {
  const work = async () => {
    throw new BadPart('comment', Object.assign(new Error('EACCES: /var/lib/portal'), { code: 'EACCES' }))
  }
  await follow({ ...someWork(['bulk'], new Set(), []), work })
  expect(await mark()).toMatchObject({ subject: 'bulk', cause: 'comment', error: 'Error EACCES' })
})
