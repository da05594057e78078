import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attachments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { formFields, openForm, sendForm } from '../forms.ts'
import { offered } from '../offered.ts'
import { files, sendParts } from '../sent-files.ts'

let portal: TestPortal
const base = '/consultations/shanxi-laoqu'
const body = '我单位建议写明补贴的对象和标准。'
const organisation = { identity: 'enterprise', organisation: '某农业合作社' }

beforeEach(async () => {
  portal = await buildTestApp()
  await offered(portal, 'attachments')
})
afterEach(() => portal.close())

const folder = () => join(portal.deps.config.dataDir, 'attachments')
const kept = () => (existsSync(folder()) ? readdirSync(folder()) : [])
const rows = () => portal.db.query.select().from(attachments)
const filled = async (fields: Record<string, string> = organisation) => ({
  ...(await openForm(portal.app, 'p3')),
  'comments[0][stance]': 'amend',
  'comments[0][body]': body,
  ...fields,
})

/** Files that were not kept are removed once the answer is out. */
const onlyKept = async (count: number) => expect.poll(kept).toHaveLength(count)

test('what is reviewed does not carry files on: they are chosen on the page that sends', async () => {
  const reviewed = await sendParts(portal.app, `${base}/review`, await filled(), [['函.pdf', files.pdf]])
  expect(reviewed.statusCode).toBe(200)
  expect(reviewed.body).toContain('附件没有随表单保存，提交前请重新选择：“函.pdf”')
  expect(reviewed.body).toContain('type="file"')
  await onlyKept(0)
  const sent = await sendParts(portal.app, `${base}/submissions`, formFields(reviewed.body), [
    ['函.pdf', files.pdf],
  ])
  expect(sent.statusCode).toBe(201)
  expect(await rows()).toHaveLength(1)
  const back = await sendParts(portal.app, `${base}/comments/new`, formFields(reviewed.body), [
    ['函.pdf', files.pdf],
  ])
  expect(back.body).toContain('请重新选择：“函.pdf”')
  const individual = await sendForm(portal.app, `${base}/review`, await filled({}))
  expect(individual.body).not.toContain('type="file"')
})
