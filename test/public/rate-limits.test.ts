import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { everyRoute } from '../every-route.ts'
import { submissionsAddress, submitComment } from './decided.ts'
import { openForm, sendForm } from './forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp({ config: { rateLimits: true } })
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const spoken = '一位老人口述的意见，由工作人员代填。'

/** Asks until it is refused, `most` times at most. */
async function until<Answer extends { statusCode: number }>(
  most: number,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  let answer = await ask()
  for (let i = 0; i < most && answer.statusCode !== 429; i++) answer = await ask()
  return answer
}

/** What is counted like anything else that is sent there, and costs a test next to nothing. */
const sendNonsense = (url: string) =>
  portal.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: '{' })

test('whatever changes something has a limit, and so has the search', async () => {
  const reading = ['GET', 'HEAD', 'OPTIONS']
  const changing = (await everyRoute()).filter(
    ({ methods }) => !methods.every((one) => reading.includes(one)),
  )
  expect(changing.length).toBeGreaterThan(80)
  const limitOf = async (method: string, url: string) => {
    const { headers } = await portal.app.inject({
      method: method as 'POST',
      url: url.replaceAll(/:\w+/g, 'x'),
    })
    return [url, Number(headers['x-ratelimit-limit'])]
  }
  for (const { methods, url } of changing) {
    for (const method of methods) {
      const [, most] = await limitOf(method, url)
      expect([url, Number(most) >= 30 && most !== 120]).toEqual([url, true])
    }
  }
  expect(await limitOf('GET', `${draft}/comments`)).toEqual([`${draft}/comments`, 3000])
})

test('a village hall sends 300 comments in an hour; far beyond that the text comes back with when to try again', async () => {
  const form = {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'support',
    'comments[0][body]': spoken,
    name: '李大爷',
  }
  for (let i = 0; i < 300; i++)
    expect((await sendForm(portal.app, submissionsAddress, form)).statusCode).toBe(201)
  expect((await until(1000, () => sendNonsense(submissionsAddress))).statusCode).toBe(429)
  const refused = await sendForm(portal.app, submissionsAddress, form)
  expect([refused.statusCode, Number(refused.headers['retry-after']) > 3000]).toEqual([429, true])
  expect(refused.body).toMatch(/请在 \d+ 分钟后再试/)
  expect(refused.body).toContain(`${spoken}</textarea>`)
  expect(refused.body).toContain('李大爷</textarea>')
  expect(refused.body).toContain(`<form action="${submissionsAddress}" method="post">`)
  expect(refused.body).toContain('<input type="hidden" name="comments[0][stance]" value="support">')
})

test('three hundred people behind one address look up what became of their comments, and act on it', async () => {
  const elsewhere = await buildTestApp({ config: { rateLimits: true } })
  const code = await submitComment(elsewhere, 'p4', '建议把补贴的标准写清楚。')
  for (const act of ['/receipts', '/receipts/name'])
    for (let i = 0; i < 301; i++) expect((await sendForm(elsewhere.app, act, { code })).statusCode).toBe(200)
  await elsewhere.close()
})

test('guessing codes is slowed down, and then nobody at that address goes on', async () => {
  const answer = await until(400, () => sendForm(portal.app, '/receipts/withdrawal', { code: 'x' }))
  expect(answer.statusCode).toBe(429)
  expect(answer.body).toContain('操作太频繁')
  expect((await sendForm(portal.app, '/receipts', { code: 'x' })).statusCode).toBe(429)
})

test('files of public comments, uploads and endorsements are slowed down too', async () => {
  const status = async (most: number, ask: () => Promise<{ statusCode: number }>) =>
    (await until(most, ask)).statusCode
  expect(await status(100, () => portal.app.inject(`${draft}/comments.csv`))).toBe(429)
  expect(await status(650, () => sendNonsense(`${draft}/feedback-form`))).toBe(429)
  expect(await status(1050, () => sendNonsense(`${draft}/comments/x/endorsements`))).toBe(429)
})
