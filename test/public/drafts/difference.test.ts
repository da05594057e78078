import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { openForm, sendForm } from '../forms.ts'

let portal: TestPortal
const draft = '/consultations/shanxi-laoqu'
const quote = '促进低空经济发展。'

beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const proposals: [proposal: string, wording: string, shown: RegExp][] = [
  ['amend', '促进低空经济健康发展。', /促进低空经济<ins>健康<\/ins>发展。/],
  ['delete', '', /<p class="wording" lang="zh-CN"><del>促进低空经济发展。<\/del><\/p>/],
  ['insert_after', '建设起降点。', /促进低空经济发展。<ins>建设起降点。<\/ins>/],
]

test.each(proposals)(
  'what is proposed by %s is shown in its sentence, and again in the review',
  async (proposal, wording, shown) => {
    const fields = {
      'comments[3][clause]': 'p10',
      'comments[3][quote]': quote,
      'comments[3][proposal]': proposal,
      'comments[3][wording]': wording,
    }
    expect((await sendForm(portal.app, `${draft}/difference`, fields)).body).toMatch(shown)

    const comment = { 'comments[3][stance]': 'amend', 'comments[3][body]': '建议这样写。' }
    const { token = '' } = await openForm(portal.app, 'p10')
    const { body } = await sendForm(portal.app, `${draft}/review`, { ...fields, ...comment, token })
    expect(body).toMatch(shown)
  },
)

test('what proposes nothing, or nothing in the text, shows no difference', async () => {
  for (const fields of [
    {},
    { 'comments[0][clause]': 'p10', 'comments[0][stance]': 'support' },
    { 'comments[0][clause]': 'draft', 'comments[0][proposal]': 'delete' },
    { 'comments[0][clause]': 'p99', 'comments[0][proposal]': 'delete' },
    { 'comments[0][clause]': 'p10', 'comments[0][wording]': '长'.repeat(5001) },
  ]) {
    const { body, statusCode } = await sendForm(
      portal.app,
      `${draft}/difference`,
      fields as Record<string, string>,
    )
    expect(statusCode).toBe(200)
    expect(body.trim()).toBe('')
  }
})
