import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { eq, like } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../db/database.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { settings, submissions } from '../../db/schema/index.ts'
import { createSeals, type Seals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { openPortal } from '../../server/open-portal.ts'
import { seedSlug } from '../../server/seed.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { keysInUse, openEverySeal } from '../every-seal.ts'

/*
 * Two nodes, each a process, serve citizens while the command that rotates the key is killed again and again. More is sealed
 * than one step takes.
 */
const before = 1000
const kills = 3

let database: TestDatabase
let dataDir: string
let env: NodeJS.ProcessEnv & { DATABASE_URL: string; DATA_DIR: string }
let nodes: { child: ChildProcess; address: string }[]
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'portal-rotated-'))
  env = { DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'error', RATE_LIMITS: 'off', PORT: '0' }
  nodes = [await aNode(), await aNode()]
})
afterAll(async () => {
  for (const { child } of nodes) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

function started(words: string[]) {
  return spawn(process.execPath, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function aNode() {
  const child = started(['server/main.ts'])
  child.stderr.pipe(process.stderr)
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the node ended:\n${said}`)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (found) resolve(found)
    })
  })
  return { child, address }
}

/** Reads with what lies on the disk and in the database now, as a node that starts at this moment. */
async function asOneThatStarts<Result>(read: (deps: Dependencies) => Promise<Result>): Promise<Result> {
  const deps = await openPortal(readConfig(env))
  try {
    return await read(deps)
  } finally {
    await deps.db.close()
  }
}

interface Sent {
  key: string
  number: string
  code: string
}

const addressOf = (place: number) => nodes[place % nodes.length]?.address ?? ''

/** Sends a comment to one node, and again to the other, as somebody does whose connection broke. */
async function send(place: number, key: string): Promise<Sent> {
  const comments = [{ clause: 'p3', stance: 'support', body: `换密钥时提的意见 ${key}` }]
  const asked = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ identity: 'individual', name: '李某某', contact: '13800138000', comments }),
  }
  const answers: unknown[] = []
  for (const node of [place, place + 1]) {
    const response = await fetch(`${addressOf(node)}/consultations/${seedSlug}/submissions`, asked)
    expect(response.status, await response.clone().text()).toBe(201)
    answers.push(await response.json())
  }
  expect(answers[1]).toEqual(answers[0])
  const { receipt } = Object(answers[0])
  return { key, ...receipt }
}

async function open(place: number, { number, code }: Sent): Promise<void> {
  const response = await fetch(`${addressOf(place)}/receipts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  expect([response.status, (await response.text()).includes(number)]).toEqual([200, true])
}

/** Citizens who send and look up, at either node, until they are told to stop. */
function citizens(first: Sent[]) {
  const sent = [...first]
  let isOver = false
  const come = async () => {
    for (let place = 0; !isOver; place++) {
      sent.push(await send(place, `during-${place}`))
      for (const node of [0, 1]) await open(node, sent[(place * 7) % sent.length] ?? expect.unreachable())
    }
  }
  const gone = come()
  return {
    sent,
    leave: async () => {
      isOver = true
      await gone
    },
  }
}

/** The persons of `before` submissions; as long as nobody opens these, they need no comments. */
async function sealMany(db: Database, seals: Seals): Promise<void> {
  const consultation = await findConsultation(db, seedSlug)
  const rows = Array.from({ length: before }, (_, place) => {
    const id = `before-${place}`
    const sealed = (column: string, text: string) =>
      seals.seal(text, { table: 'submissions', column, row: id })
    return {
      id,
      consultationId: consultation?.id ?? '',
      receiptNumber: id,
      codeHash: id,
      idempotencyHash: id,
      payloadHash: id,
      channel: 'web',
      identity: 'individual',
      name: sealed('name', '李某某'),
      showName: false,
      contact: sealed('contact', '13800138000'),
      visibility: 'public',
      createdAt: new Date(),
    }
  })
  await db.query.insert(submissions).values(rows)
}

const anew = async () => {
  const [ring] = await database.db.query.select().from(settings).where(eq(settings.key, 'secret-key'))
  const [, id = ''] = String(ring?.value.sealed).split('.')
  return {
    id,
    count: await database.db.query.$count(submissions, like(submissions.name, `aes-256-gcm.${id}.%`)),
  }
}

/** Kills the command at once when it has sealed something anew. @returns whether it was killed before it was done */
async function rotateAndKill(): Promise<boolean> {
  const { id, count } = await anew()
  const child = started(['server/cli/portal.ts', 'keys', 'rotate'])
  const ended = once(child, 'exit')
  while (child.exitCode === null) {
    const now = await anew()
    if (now.id !== id || now.count > count) child.kill('SIGKILL')
    if (child.signalCode) break
    await wait(1)
  }
  const [, signal] = await ended
  return signal === 'SIGKILL'
}

test('killed in the middle again and again, everything opens on both nodes at every moment; then nothing is sealed with the old key', async () => {
  const old = readFileSync(join(dataDir, 'secret-key'), 'utf8')
  const oldId = createSeals(Buffer.from(old, 'base64')).key.id
  await asOneThatStarts(({ db, seals }) => sealMany(db, seals))
  const visiting = citizens([await send(0, 'first'), await send(1, 'second')])
  for (let killed = 0; killed < kills; killed++) {
    expect(await rotateAndKill()).toBe(true)
    expect(await asOneThatStarts(({ db, seals }) => openEverySeal(db, seals))).toBeGreaterThan(2 * before)
  }
  expect((await keysInUse(database.db))['submissions.name']).toContain(oldId)

  const child = started(['server/cli/portal.ts', 'keys', 'rotate'])
  const [out, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  expect([code, said]).toEqual([0, ''])
  expect(out).toContain('现在全部用密钥')
  await send(0, 'after')
  await visiting.leave()

  const { id } = await anew()
  expect(id).not.toBe(oldId)
  expect(new Set(Object.values(await keysInUse(database.db)).flat())).toEqual(new Set([id]))
  expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).not.toBe(old)
  const sealed = await asOneThatStarts(({ db, seals }) => openEverySeal(db, seals))
  const ofThePortal = 1
  expect(sealed).toBe(2 * (before + visiting.sent.length + 1) + ofThePortal)
  nodes.push(await aNode())
  for (const node of nodes.keys()) for (const one of visiting.sent) await open(node, one)
  expect((await send(2, 'first')).number).toBe(visiting.sent[0]?.number)
}, 240_000)
