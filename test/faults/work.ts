import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { seedSlug } from '../../server/seed.ts'
import { type PortalProcess, type Settings, settingsOn, startPortal } from './portal-process.ts'
import { StaffVisitor } from './staff-visitor.ts'
import { fileIn, keyIn, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Receipts, startWriters } from './writers.ts'

const writers = 64
const comments = 1_000
/** In milliseconds: a paper is taken up anew a minute after its node was last heard of. */
const patience = 120_000
const demonstration = { arguments: ['--demo'] }

/** A node is killed in the middle of what staff have ordered; it goes on with it, or makes it anew, after its return. */
export const work: Fault = {
  name: 'work',
  trials: [
    { what: 'kill -9 in the middle of a bulk', run: (ground, extent) => deciding(ground, extent) },
    {
      what: 'control: a bulk with which nobody goes on',
      isControl: true,
      run: (ground, extent) => deciding(ground, extent, false),
    },
    { what: 'kill -9 in the middle of a paper', run: (ground, extent) => exporting(ground, extent) },
    {
      what: 'control: a paper that nobody takes up again',
      isControl: true,
      run: (ground, extent) => exporting(ground, extent, false),
    },
  ],
}

/** Each comment of a bulk is decided once, whenever its node died. */
async function deciding(ground: Ground, extent: Extent, goesOn = true): Promise<Outcome> {
  const { settings, portal } = await commented(ground)
  const db = new Sqlite(fileIn(settings))
  ground.later(() => db.close())
  // Some take effect before the node dies, and some after.
  db.prepare(`INSERT INTO settings (key, value) VALUES ('grace', '{"seconds":1}')`).run()
  const moderator = await StaffVisitor.signedIn(portal.said(), '审核员甲')
  await moderator.ask('/moderation')
  const prepared = await moderator.ask('/moderation/bulks?all=yes', {
    admission: 'admitted',
    publication: 'published',
  })
  if (prepared.status !== 303) throw new Error(`no bulk: ${prepared.status} ${prepared.text.slice(0, 500)}`)
  const bulk = db.prepare<
    [],
    { state: string; position: number; decided: number; ids: string; skipped: string }
  >('SELECT state, position, decided, comments AS ids, skipped FROM bulks ORDER BY id DESC LIMIT 1')
  const due = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM due_decisions')
  const settled = (state: string) => state === 'done' && due.get()?.count === 0
  const count = String(JSON.parse(bulk.get()?.ids ?? '[]').length)
  await moderator.ask(`${prepared.location}/start`, { count })
  while ((bulk.get()?.position ?? 0) === 0) await wait(1)
  await portal.kill('SIGKILL')
  const broken = bulk.get()
  const wrong = settled(broken?.state ?? '') ? ['the bulk was over before its node died'] : []
  const began = performance.now()
  const again = goesOn ? await startPortal(ground, settings, demonstration) : null
  while (again && !settled(bulk.get()?.state ?? '') && performance.now() - began < patience) await wait(20)
  const seconds = (performance.now() - began) / 1000
  await again?.kill('SIGTERM')
  const { ids = '[]', decided = 0, skipped = '[]' } = bulk.get() ?? {}
  const left = new Set(JSON.parse(skipped).map(({ id }: { id: string }) => id))
  const entries = db
    .prepare<[], { subject: string; count: number }>(
      "SELECT subject, count(*) AS count FROM log WHERE act = 'comment.decide' GROUP BY subject",
    )
    .all()
  const times = new Map(entries.map(({ subject, count }) => [subject, count]))
  const toDecide = (JSON.parse(ids) as string[]).filter((id) => !left.has(id))
  const counts = toDecide.map((id) => times.get(id) ?? 0)
  const stored = counts.filter((count) => count > 0).length
  if (goesOn && decided !== stored)
    wrong.push(`the bulk says that it decided ${decided}, and ${stored} are decided`)
  if (goesOn && extent === 'full') wrong.push(...(await verified(ground, settings)))
  return {
    acknowledged: toDecide.length,
    stored,
    lost: toDecide.length - stored,
    doubled: counts.filter((count) => count > 1).length,
    seconds,
    wrong,
  }
}

/** A paper that staff were told is being made is made, whole, with each comment once. */
async function exporting(ground: Ground, _: Extent, goesOn = true): Promise<Outcome> {
  const { settings, portal, receipts } = await commented(ground)
  const db = new Sqlite(fileIn(settings))
  ground.later(() => db.close())
  const drafter = await StaffVisitor.signedIn(portal.said(), '起草员')
  await drafter.ask(`/office/${seedSlug}/papers`)
  const order = { kind: 'comments', format: 'csv', scope: 'internal' }
  const ordered = await drafter.ask(`/office/${seedSlug}/jobs`, order)
  if (ordered.status !== 303) throw new Error(`no paper: ${ordered.status} ${ordered.text.slice(0, 500)}`)
  const state = db.prepare<[], string>('SELECT state FROM jobs ORDER BY id DESC LIMIT 1').pluck()
  while (state.get() === 'waiting') await wait(1)
  await portal.kill('SIGKILL')
  const wrong = state.get() === 'running' ? [] : [`the paper was ${state.get()} when its node died`]
  if (!goesOn) return paperOutcome('', receipts, { wrong })
  const began = performance.now()
  const again = await startPortal(ground, settings, demonstration)
  while (['waiting', 'running'].includes(state.get() ?? '') && performance.now() - began < patience)
    await wait(50)
  const seconds = (performance.now() - began) / 1000
  const reader = await StaffVisitor.signedIn(again.said(), '起草员')
  const file = await reader.ask(`${ordered.location}/file`)
  return paperOutcome(file.status === 200 ? file.text : '', receipts, { wrong, seconds })
}

function paperOutcome(csv: string, receipts: Receipts, rest: Pick<Outcome, 'wrong' | 'seconds'>): Outcome {
  const words = csv.match(/请把办理时限写明确（[^）]*）/g) ?? []
  const keys = new Set(words.map(keyIn))
  const lost = [...receipts.keys()].filter((key) => !keys.has(key)).length
  return {
    acknowledged: receipts.size,
    stored: words.length,
    lost,
    doubled: words.length - keys.size,
    ...rest,
  }
}

interface Commented {
  settings: Settings
  portal: PortalProcess
  receipts: Receipts
}

/** A demonstration, with its staff, to which many have sent. */
async function commented(ground: Ground): Promise<Commented> {
  const settings = settingsOn(ground)
  const portal = await startPortal(ground, settings, demonstration)
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  while (citizens.receipts.size < comments) await wait(5)
  await citizens.settle()
  return { settings, portal, receipts: citizens.receipts }
}
