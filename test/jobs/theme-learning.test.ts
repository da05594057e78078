import { expect, test } from 'vitest'
import { learningOf } from '../../db/queries/themes/theme-learning.ts'
import { dueDeciding } from '../../server/jobs/due-decisions.ts'
import { themeLearning } from '../../server/jobs/theme-learning.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { saidOnThree } from '../office/themes/learning.ts'
import { sharedPortal } from '../shared-portal.ts'
import { signIn } from '../staff.ts'
import { doSome } from './doing.ts'

let portal: TestPortal
let consultationId: string

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const { consultation } = await saidOnThree(portal, 20)
  consultationId = consultation.id
  const drafter = await signIn(portal, 'drafter')
  await drafter.get('/office/shanxi-laoqu/themes/candidates')
  await drafter.post('/office/shanxi-laoqu/themes/candidates', {})
  return portal
})

const standing = async () => (await learningOf(portal.db, consultationId))?.standing ?? null

test('while comments are read for themes, other work has its turns', async () => {
  anewAfter()
  const kind = themeLearning(0)
  expect(await doSome(portal.deps, kind)).toBe(1)
  expect(await standing()).toBeNull()
  expect(await doSome(portal.deps, dueDeciding)).toBe(0)
  while ((await doSome(portal.deps, kind)) > 0) {}
  expect((await standing())?.read).toBe(60)
})

test('what fails is said when its turn comes, and is tried again', async () => {
  anewAfter()
  const kind = themeLearning()
  const broken = () => {
    throw new Error('no clock')
  }
  const failing = async () => {
    while ((await doSome({ ...portal.deps, now: broken }, kind)) > 0) {}
  }
  await expect(failing()).rejects.toThrow('no clock')
  expect(await standing()).toBeNull()
  while ((await doSome(portal.deps, kind)) > 0) {}
  expect((await standing())?.read).toBe(60)
})
