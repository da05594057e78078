import { afterAll, beforeAll, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../build.ts'
import { decided, submitComment } from './decided.ts'
import { openForm, sendForm } from './forms.ts'
import { offered } from './offered.ts'
import { files, type Sent, sendParts } from './sent-files.ts'
import { expectValid } from './valid-html.ts'

let portal: TestPortal
const draft = '/consultations/shanxi-laoqu'
const body = '一条公开的意见，用来看页面。'
let comment: string

beforeAll(async () => {
  portal = await buildTestApp()
  await submitComment(portal, 'p3', body, {
    'comments[0][proposal]': 'amend',
    'comments[0][wording]': '改成这样的表述。',
    name: '朱小明',
    show_name: '1',
  })
  comment = await decided(portal, body, 'published')
  await offered(portal, 'endorsements')
})
afterAll(() => portal.close())

test('a form that takes files is valid HTML, refused and reviewed too', async () => {
  await offered(portal, 'attachments')
  const fields = {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'amend',
    'comments[0][body]': body,
    identity: 'enterprise',
    organisation: '某单位',
  }
  await expectValid((await portal.app.inject(`${draft}/clauses/p3/comments/new`)).body)
  await expectValid((await portal.app.inject(`${draft}/comments/new`)).body)
  for (const [name, content] of [['函.pdf', files.pdf] as Sent, ['函.pdf', 'x'] as Sent]) {
    for (const path of ['review', 'submissions', 'comments/new']) {
      await expectValid((await sendParts(portal.app, `${draft}/${path}`, fields, [[name, content]])).body)
    }
  }
  await offered(portal, 'endorsements')
})

test('what answers an endorsement is valid HTML', async () => {
  const address = `${draft}/comments/${comment}/endorsements`
  await expectValid((await sendForm(portal.app, address, {})).body)
  const receipt = (await sendForm(portal.app, address, { key: 'one' })).body
  await expectValid(receipt)
  const fields = { code: /<output id="receipt-code">([^<]+)</.exec(receipt)?.[1] ?? '' }
  await expectValid((await sendForm(portal.app, '/receipts', fields)).body)
  await expectValid((await sendForm(portal.app, '/receipts/withdrawal', fields)).body)
  await expectValid((await portal.app.inject(`${draft}/comments/${comment}?lang=en`)).body)
})
