import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { fixtureVersions, loadFixture } from '../db/upgrades/fixture.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { codeOf, StaffBrowser } from '../staff.ts'
import { letterGroups } from '../text/cutting/marked-letters.ts'

/*
 * How long each step of parting a letter of 5,000 characters takes, by the processor's time of all threads, which others on the
 * machine hardly lengthen: medians, on SQLite.
 */
const length = 5_000
const times = 21
const office = '/office/shanxi-laoqu'

/** `npm run bench -- splitting` */
export async function measureSplitting(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
  try {
    await measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string): Promise<void> {
  const url = `file:${join(folder, 'portal.db')}`
  const facts = await loadFixture(fixtureVersions().at(-1) ?? '', url, folder)
  const clock = { now: new Date(facts.madeAt) }
  const config = readConfig({
    ...{ DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: facts.secretKey },
    ...{ LOG_LEVEL: 'silent', RATE_LIMITS: 'off' },
  })
  const [db, texts] = [await openDatabase({ url }), new TextThread()]
  const deps = { config, db, seals: createSeals(config.secretKey), texts, now: () => clock.now }
  const app = await buildApp(deps)
  const close = () => app.close()
  const drafter = new StaffBrowser({ app, db, deps, clock, close })
  const member = facts.staff.find(({ role }) => role === 'drafter')
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  if (!member || !consultation) throw new Error('the fixture has no drafter, or no seed')
  await drafter.get('/staff/sign-in')
  const { name, password } = member
  await drafter.post('/staff/sign-in', { name, password, code: codeOf({ id: '', ...member }, clock.now) })
  const bodies = Array.from({ length: times }, (_, place) => ({ ...amendment, body: letter(place) }))
  const took = new Map<string, number[]>()
  for (const id of await say(db, consultation, bodies))
    for (const [step, milliseconds] of Object.entries(await steps(drafter, `${office}/splits/${id}`)))
      took.set(step, [...(took.get(step) ?? []), milliseconds])
  process.stdout.write(`a letter of ${length} characters, milliseconds\n`)
  for (const [step, all] of took) process.stdout.write(`${median(all).toFixed(1).padStart(9)}  ${step}\n`)
  await app.close()
  await texts.close()
  await db.close()
}

/** Marked letters one after another, each time from another one. */
function letter(place: number): string {
  const texts = Object.values(letterGroups()).flatMap((letters) => letters.map(({ text }) => text))
  const from = (place * 5) % texts.length
  return [...texts.slice(from), ...texts].join('\n').slice(0, length)
}

async function steps(drafter: StaffBrowser, at: string): Promise<Record<string, number>> {
  const [page, reading] = await timed(() => drafter.get(at))
  const fields = async () => ({
    revision: /name="revision" value="(\d+)"/.exec((await drafter.get(at)).body)?.[1],
  })
  const act = async (path: string, more: object = {}) => {
    const sent = { ...(await fields()), ...more }
    const [answer, sending] = await timed(() => drafter.post(at + path, sent))
    if (answer.statusCode !== 303) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`)
    return sending
  }
  if (page.statusCode !== 200) throw new Error(`${at} answered ${page.statusCode}`)
  return {
    'the page with its proposals': reading,
    'one sentence becomes a point': await act('/points', { sentence: '3', clause: 'p7', stance: 'amend' }),
    'all that is proposed is accepted': await act('/acceptance'),
    'the last step is undone': await act('/undoing'),
  }
}

async function timed<Answer>(ask: () => Promise<Answer>): Promise<[Answer, number]> {
  const began = process.cpuUsage()
  const answer = await ask()
  const { user, system } = process.cpuUsage(began)
  return [answer, (user + system) / 1000]
}

function median(measured: number[]): number {
  return measured.toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
}
