import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, makeReady, type PutUp, participation, publish, putUp, send, slug } from './conducting.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
  await publish(people)
})
afterEach(() => portal.close())

const asked = async () => {
  const { body } = await portal.app.inject(`/consultations/${slug}/clauses/p3/comments/new`)
  return ['name', 'region', 'contact'].filter((field) => body.includes(`name="${field}"`))
}

test('what the office asks of citizens is what their form asks, and may change while it is open', async () => {
  expect(await asked()).toEqual(['name', 'contact'])
  const changed = { ...participation, ask_contact: 'hidden' }
  expect((await send(people.drafter, `${base}/participation`, changed)).statusCode).toBe(303)
  expect(await asked()).toEqual(['name'])
  expect((await send(people.approver, `${base}/participation`, participation)).statusCode).toBe(403)
})
