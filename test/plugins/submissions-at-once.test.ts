import { expect, test } from 'vitest'
import { submissions } from '../../db/schema/index.ts'
import { buildApp } from '../../server/app.ts'
import { buildTestApp } from '../build.ts'
import { submissionsAddress } from '../public/decided.ts'
import { openForm, sendForm } from '../public/forms.ts'

test('beyond so many at once a submission is asked to come again with what was typed; reading goes on', async () => {
  const portal = await buildTestApp({ config: { submissionsAtOnce: 2 } })
  const app = await buildApp(portal.deps)
  let [inWork, goOn] = [0, () => {}]
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  app.addHook('preHandler', async ({ method }) => {
    if (method !== 'POST') return
    inWork += 1
    await held
  })
  const send = async (who: string) =>
    sendForm(app, submissionsAddress, {
      ...(await openForm(app, 'p3')),
      'comments[0][stance]': 'amend',
      'comments[0][body]': `${who}的意见，写得很长。`,
    })

  const taken = [send('第一个人'), send('第二个人')]
  while (inWork < taken.length) await new Promise((resolve) => setTimeout(resolve, 1))
  const refused = await send('第三个人')
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '10'])
  expect(refused.body).toContain('请等 10 秒，再提交一次')
  expect(refused.body).toContain('第三个人的意见，写得很长。</textarea>')
  expect((await app.inject('/consultations/shanxi-laoqu')).statusCode).toBe(200)

  goOn()
  expect((await Promise.all(taken)).map(({ statusCode }) => statusCode)).toEqual([201, 201])
  expect((await send('第三个人')).statusCode).toBe(201)
  expect(await portal.db.query.$count(submissions)).toBe(3)
  await app.close()
  await portal.close()
})

test('who does not read the answer takes nobody’s place', async () => {
  const portal = await buildTestApp({ config: { submissionsAtOnce: 1 } })
  const app = await buildApp(portal.deps)
  let [answered, goOn] = [0, () => {}]
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  app.addHook('onSend', async ({ method }) => {
    if (method !== 'POST') return
    answered += 1
    if (answered === 1) await held
  })
  const send = async (who: string) =>
    sendForm(app, submissionsAddress, {
      ...(await openForm(app, 'p3')),
      'comments[0][stance]': 'amend',
      'comments[0][body]': `${who}的意见，写得很长。`,
    })

  const unread = send('不读回答的人')
  while (answered < 1) await new Promise((resolve) => setTimeout(resolve, 1))
  expect((await send('第二个人')).statusCode).toBe(201)
  goOn()
  expect((await unread).statusCode).toBe(201)
  await app.close()
  await portal.close()
})
