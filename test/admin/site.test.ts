import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteFacts } from '../../db/queries/settings.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/site')
})
afterAll(() => portal.close())

const facts = {
  name: '某省征求意见平台',
  sponsor: '某省人民政府办公厅',
  siteCode: '1400000001',
  icp: '晋ICP备1号',
}
const home = async () => (await portal.app.inject('/')).body

test('what the foot says follows at once, on pages that were kept too', async () => {
  await home()
  expect((await admin.post('/admin/site', facts)).statusCode).toBe(303)
  const page = await home()
  for (const said of Object.values(facts)) expect(page).toContain(said)
  expect(page).toContain('<meta name="SiteIDCode" content="1400000001">')
  expect((await admin.get('/admin/site')).body).toContain('value="晋ICP备1号"')
})

test('an address for faults in security is kept as a URI, and stands in the form as it was typed', async () => {
  await admin.post('/admin/site', { ...facts, securityContact: '０３５１－１２３４５６７' })
  expect((await siteFacts(portal.db)).securityContact).toBe('tel:0351-1234567;phone-context=+86')
  expect((await admin.get('/admin/site')).body).toContain('value="0351-1234567"')
})

test.each([
  [{ ...facts, name: '' }, '请填写网站名称'],
  [{ ...facts, contact: '长'.repeat(101) }, '联系方式最多 100 个字'],
  [{ ...facts, sponsor: '\0' }, '主办单位里有无法保存的字符'],
  [
    { ...facts, securityContact: '找保卫科' },
    '安全问题联系方式请填一个电子邮箱、一个电话，或者以 https:// 开头的网址',
  ],
  [{ ...facts, securityContact: `https://a.cn/${'长'.repeat(100)}` }, '安全问题联系方式最多 100 个字'],
  [{ name: ['a'], sponsor: { a: 1 } }, '请填写网站名称'],
])('what cannot be is refused, and the rest stays typed: %j', async (fields, said) => {
  const before = await home()
  const answer = await admin.post('/admin/site', fields)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain(said)
  expect(await home()).toBe(before)
})
