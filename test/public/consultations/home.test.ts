import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aMember } from '../../staff.ts'
import { expectValid, unmarked } from '../valid-html.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const get = (url: string) => portal.app.inject({ url })

test('the home page lists the consultation with its organ, state and dates', async () => {
  const { body } = await get('/')
  expect(body).toContain('关于加快山西省革命老区振兴发展的实施意见')
  expect(body).toContain('山西省发展和改革委员会')
  expect(body).toMatch(/征集中 · 还剩 30 天/)
  expect(body).toContain('2026-12-23 23:59')
})

describe('where nobody works yet and nothing is out', () => {
  let empty: TestPortal
  beforeEach(async () => {
    empty = await buildTestApp({ seed: false })
  })
  afterEach(() => empty.close())

  test('the home page says how the first administrator is made on the server, and makes nobody', async () => {
    const { body, statusCode } = await empty.app.inject('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('还没有管理员')
    expect(body).toContain('npm run --silent portal -- staff invite --name 姓名 --role admin')
    expect(body).not.toMatch(/<form|<input/)
    await expectValid(body)
    const english = (await empty.app.inject('/?lang=en&text=large')).body
    await expectValid(english)
    expect(unmarked(english)).toEqual([])
  })

  test('once somebody works here, invited or more, it lists what is out', async () => {
    await aMember(empty, 'admin')
    const { body } = await empty.app.inject('/')
    expect(body).toContain('目前没有正在征求意见的文件')
    expect(body).not.toContain('staff invite')
  })
})
