import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storedActivation } from '../../db/queries/staff/activation.ts'
import { renewRecoveryCodes } from '../../db/queries/staff/credentials.ts'
import { takeAttempt } from '../../db/queries/staff/second-factor-attempts.ts'
import { resetCredentials } from '../../db/queries/staff/staff-accounts.ts'
import { log } from '../../db/schema/index.ts'
import { newRecoveryCodes, recoveryHashes } from '../../server/credentials/recovery-codes.ts'
import { receiptCode } from '../../server/rules/receipts/receipts.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aMember, codeOf, password, StaffBrowser, type TestMember } from '../staff.ts'
import { activateIn } from './activate.ts'
import { anotherBrowser } from './another-browser.ts'

let portal: TestPortal
let member: TestMember

beforeEach(async () => {
  portal = await buildTestApp()
  member = await aMember(portal, 'moderator')
})
afterEach(() => portal.close())

const act = () => ({ staffId: member.id, now: portal.clock.now })
const right = () => codeOf(member, portal.clock.now)

/** Later than failures under a name slow the next one. */
function aWhileLater(): void {
  portal.clock.now = new Date(portal.clock.now.getTime() + 16 * 60_000)
}

async function tries(factor?: string, secret = password): Promise<number> {
  aWhileLater()
  return (await anotherBrowser(portal, member, secret, factor)).status
}

async function triesWrong(times: number, secret = password): Promise<void> {
  for (let time = 0; time < times; time += 1) expect(await tries('000000', secret)).toBe(422)
}

async function recoveryCode(): Promise<string> {
  const codes = newRecoveryCodes()
  await renewRecoveryCodes(portal.db, recoveryHashes(portal.deps.seals, member.id, codes), act())
  return codes[0] ?? ''
}

function refusals() {
  return portal.db.query.select().from(log).where(eq(log.act, 'staff.codes_refused'))
}

test('of many attempts at the same time one is taken', async () => {
  const attempts = Array.from({ length: 40 }, () => takeAttempt(portal.db, member.id, 0))
  const taken = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')
  expect(taken).toHaveLength(1)
})

test('of many guesses at the same time one is looked at, so that the right code among them opens next to nothing', async () => {
  const codes = [...Array(39).fill('000000'), right()]
  const browsers = codes.map(() => new StaffBrowser(portal))
  await Promise.all(browsers.map((browser) => browser.get('/staff/sign-in')))
  const answers = await Promise.all(
    browsers.map((browser, i) =>
      browser.post('/staff/sign-in', { name: member.name, password, code: codes[i] }),
    ),
  )
  // The one that is looked at may be the right one, by a chance of one in forty.
  const wrong = answers.slice(0, -1).map(({ statusCode }) => statusCode)
  expect(wrong).toEqual(Array(39).fill(422))
})

test('after ten wrong codes the right one is not taken, and a recovery code is, after which codes are again', async () => {
  await triesWrong(9)
  expect(await refusals()).toEqual([])
  await triesWrong(1)
  expect(await refusals()).toMatchObject([{ staffId: member.id, subject: member.id, detail: {} }])
  await triesWrong(1)
  expect(await tries()).toBe(422)
  expect(await refusals()).toHaveLength(1)
  expect(await tries(await recoveryCode())).toBe(303)
  expect(await tries()).toBe(303)
})

test('nine wrong codes and a right one begin the count anew', async () => {
  for (let round = 0; round < 2; round += 1) {
    await triesWrong(9)
    expect(await tries()).toBe(303)
  }
})

test('who does not know the password locks nobody out', async () => {
  await triesWrong(12, 'not the password')
  expect(await tries()).toBe(303)
  expect(await refusals()).toEqual([])
})

test('what is said is the same, whether the password was right or not', async () => {
  await triesWrong(10)
  const said = async (secret: string) => {
    aWhileLater()
    const browser = new StaffBrowser(portal)
    await browser.get('/staff/sign-in')
    const { body } = await browser.post('/staff/sign-in', {
      name: member.name,
      password: secret,
      code: right(),
    })
    return body.replace(/name="_csrf" value="[^"]+"/, '')
  }
  expect(await said(password)).toBe(await said('not the password'))
  expect(await said(password)).toContain('连续输错 10 次后，请改用恢复码登录')
})

test('an account that is opened anew takes codes', async () => {
  await triesWrong(10)
  const code = receiptCode(randomBytes(15))
  const { seals } = portal.deps
  await resetCredentials(portal.db, member.id, storedActivation(seals, code, portal.clock.now), act())
  const { totpSecret, finish } = await activateIn(portal, code)
  expect((await finish(codeOf({ ...member, totpSecret }, portal.clock.now))).statusCode).toBe(200)
  member = { ...member, totpSecret }
  expect(await tries()).toBe(303)
})
