import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { filledPortal } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await filledPortal()
  drafter = await signIn(portal, 'drafter')
})
afterAll(() => portal.close())

test('every figure has its table, and is an image', async () => {
  const { body } = await drafter.get(`${office}/figures`)
  expect(body).toContain('每天收到的意见')
  for (const figure of ['trend', 'identities', 'regions', 'channels']) {
    const image = await drafter.get(`${office}/figures/${figure}.svg`)
    expect(image.headers['content-type']).toBe('image/svg+xml')
    expect(image.body).toContain('<svg')
  }
  expect((await drafter.get(`${office}/figures/nothing.svg`)).statusCode).toBe(404)
})
