import { createHash } from 'node:crypto'
import { expect, onTestFinished } from 'vitest'
import { idAt } from '../../db/id-at.ts'
import { textPlace, wordsPlace } from '../../db/queries/retractions/retraction-records.ts'
import { retractedTexts, retractions, staff, submissions } from '../../db/schema/index.ts'
import { sealingKey } from '../../db/sealing/sealing-key.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { openPortal } from '../../server/open-portal.ts'
import { aSubmission } from '../db/upgrades/citizens.ts'
import { fixtureVersions } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { openEverySeal } from '../every-seal.ts'
import { codeOf, StaffBrowser } from '../staff.ts'
import { portalCommand } from './portal-command.ts'

export const newKey = Buffer.alloc(32, 8)
export const oldId = sealingKey(Buffer.alloc(32, 7)).id
export const newId = sealingKey(newKey).id
export const [old, anew] = [Buffer.alloc(32, 7), newKey].map((key) => key.toString('base64'))

export type Upgraded = Awaited<ReturnType<typeof upgraded>>

/** A portal in which something of everything is sealed. */
export async function sealedPortal(): Promise<Upgraded> {
  const portal = await upgraded(fixtureVersions()[0] ?? '')
  await addRetraction(portal)
  return portal
}

/** What the first version did not seal yet. */
async function addRetraction({ db, deps }: Upgraded): Promise<void> {
  const [submission] = await db.query.select().from(submissions).limit(1)
  const [member] = await db.query.select().from(staff).limit(1)
  const [id, consultationId, staffId] = [idAt(deps.now()), submission?.consultationId ?? '', member?.id ?? '']
  const words = deps.seals.seal('朱小明', wordsPlace(id))
  const sealed = deps.seals.seal('联系人朱小明', textPlace(id, 0))
  const made = { id, consultationId, staffId, words, cause: 'personal', fetched: [], createdAt: deps.now() }
  await db.query.insert(retractions).values(made)
  await db.query
    .insert(retractedTexts)
    .values({ retractionId: id, position: 0, place: 'notice', row: consultationId, sealed })
}

export type Keys = { SECRET_KEY?: string; NEW_SECRET_KEY?: string }
export const settingsWith = ({ deps }: Upgraded, keys: Keys) => {
  const { databaseUrl, dataDir } = deps.config
  return { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMITS: 'off', ...keys }
}

export const rotate = (portal: Upgraded, keys: Keys) =>
  portalCommand(['keys', 'rotate'], { SECRET_KEY: undefined, ...settingsWith(portal, keys) })

/** A node that starts now. */
export async function aNode(portal: Upgraded, keys: Keys) {
  const deps = await openPortal(readConfig(settingsWith(portal, keys)))
  const now = () => portal.clock.now
  const app = await buildApp({ ...deps, now }, { strictViews: true })
  const close = async () => {
    await app.close()
    await deps.db.close()
  }
  onTestFinished(close)
  return { ...portal, deps: { ...deps, now }, db: deps.db, app }
}

/** What only the keys can open: some receipts by their codes, a second factor, papers, and every sealed value. */
export async function opensAll(node: Awaited<ReturnType<typeof aNode>>): Promise<number> {
  const { receipts, staff: members, papers } = node.facts
  for (const { number, code } of receipts.filter((_, place) => place % 20 === 0)) {
    const shown = await node.app.inject({ method: 'POST', url: '/receipts', payload: { code } })
    expect([shown.statusCode, shown.body.includes(number)], number).toEqual([200, true])
  }
  for (const { name, password, totpSecret } of members.filter(({ role }) => role === 'drafter')) {
    const browser = new StaffBrowser(node)
    await browser.get('/staff/sign-in')
    node.clock.now = new Date(node.clock.now.getTime() + 60_000)
    const code = codeOf({ id: '', name, totpSecret }, node.clock.now)
    expect((await browser.post('/staff/sign-in', { name, password, code })).statusCode, name).toBe(303)
    for (const { address, sha256 } of papers) {
      const { rawPayload } = await browser.get(address)
      expect(createHash('sha256').update(rawPayload).digest('hex'), address).toBe(sha256)
    }
  }
  return openEverySeal(node.db, node.deps.seals)
}

export const submission = (consultationId: string, body: string) => ({
  ...aSubmission(consultationId, body),
  contact: '13800138000',
})
export const consultationIn = async ({ db }: Pick<Dependencies, 'db'>) => {
  const [row] = await db.query.select({ id: submissions.consultationId }).from(submissions).limit(1)
  return row?.id ?? ''
}
