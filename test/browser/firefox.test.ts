import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { submissions } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { Firefox, installedFirefox } from './firefox.ts'
import { FirefoxPage } from './firefox-page.ts'

const draft = '/consultations/shanxi-laoqu'
const written = '在火狐浏览器里来回翻页也不该丢的一条意见。'
const body = 'textarea[name="comments[0][body]"]'
const amend = 'input[name="comments[0][stance]"][value=amend]'
const send = '.send button.primary'
const review = '.send button[formaction*="/review"]'
const code = '#receipt-code'

let portal: TestPortal
let url = ''
const sent = () => portal.db.query.$count(submissions)

describe.skipIf(!installedFirefox)(
  installedFirefox
    ? 'in Firefox'
    : 'in Firefox: skipped, none is installed (Debian: apt-get install firefox-esr)',
  () => {
    beforeAll(async () => {
      portal = await buildTestApp({ config: { production: true } })
      url = await portal.app.listen({ port: 0, host: '127.0.0.1' })
    })
    afterAll(() => portal.close())

    describe.each([{ script: true }, { script: false }])('with script: $script', ({ script }) => {
      let firefox: Firefox
      beforeAll(async () => {
        firefox = await Firefox.start(installedFirefox ?? '', { script })
      })
      afterAll(() => firefox.close())

      async function begin(words: string, options = {}): Promise<FirefoxPage> {
        const page = await FirefoxPage.open(firefox, options)
        await page.goto(url + draft)
        await page.goto(`${url}${draft}/clauses/p3/comments/new`)
        await page.has(body)
        await page.click(amend)
        await page.fill(body, words)
        return page
      }

      test('back from what is wrong and from the review leads to the form as it was typed, and forward again', async () => {
        const page = await begin('短')
        await page.click(send)
        await page.shows('有 1 处需要修改')
        await page.go(-1)
        await page.has(body)
        await expect.poll(() => page.value(body)).toBe('短')
        await page.fill(body, written)
        await page.click(review)
        await page.shows('核对您的意见')
        await page.go(-1)
        await page.has(body)
        await expect.poll(() => page.value(body)).toBe(written)
        await page.go(1)
        await page.shows('核对您的意见')
        const before = await sent()
        await page.click(send)
        await page.has(code)
        expect(await sent()).toBe(before + 1)
        await page.close()
      })

      test('a reload of the receipt sends nothing again', async () => {
        const page = await begin(written)
        await page.click(send)
        await page.has(code)
        const [shown, before] = [
          await page.evaluate(`document.querySelector('${code}').textContent`),
          await sent(),
        ]
        await page.reload()
        await page.has(code)
        expect(await page.evaluate(`document.querySelector('${code}').textContent`)).toBe(shown)
        expect(await sent()).toBe(before)
        await page.close()
      })

      test.runIf(script)('back and forward lead to the receipt in the tab that sent', async () => {
        const page = await begin(written)
        await page.click(send)
        await page.has(code)
        await page.go(-1)
        await page.shows('总体要求')
        await page.go(1)
        await page.has(code)
        await page.close()
      })

      test.runIf(script)('without network what was typed stays, and arrives by itself', async () => {
        const before = await sent()
        const page = await begin(written, { width: 320 })
        await page.setOffline(true)
        await page.click(send)
        await page.shows('没有连上网络，还没有送到')
        expect(await page.value(body)).toBe(written)
        await page.setOffline(false)
        await page.has(code)
        expect(await sent()).toBe(before + 1)
        await page.close()
      })

      test.runIf(script)('without storage it is said, and sent all the same', async () => {
        const page = await begin(written, { refused: true })
        await page.shows('这个浏览器不让网站暂存内容，或者已经存满')
        await page.click(send)
        await page.has(code)
        await page.close()
      })
    })
  },
)
