import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeDraftDocx } from '../../../server/documents/drafts/draft-docx.ts'
import { writeDraftText } from '../../../server/documents/drafts/draft-text.ts'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { arrange } from '../../../server/text/outlining/arrange.ts'
import { type Draft, readDraft } from '../../../server/text/outlining/outline.ts'
import { policies, statutes } from '../../text/outlining/trees.ts'

const folder = join(import.meta.dirname, '../../fixtures/drafts')
/** Without a title, the first paragraph stands where a title is looked for. */
const names = readdirSync(folder).filter((name) => name.endsWith('.txt') && !name.startsWith('23'))
const drafts = names.map((name) => readDraft(readFileSync(join(folder, name), 'utf8')))
const plain = (draft: Draft) => ({ title: draft.title, units: draft.units })
const reread = async (filename: string, bytes: Buffer) =>
  plain((await readDocument({ filename, bytes })).draft)

test.each(names.map((name, index) => [name, drafts[index] as Draft]))(
  '%s as .txt is the same draft',
  async (_, draft) => {
    expect(await reread('稿.txt', Buffer.from(writeDraftText(draft)))).toEqual(plain(draft))
  },
)

test.each(names.map((name, index) => [name, drafts[index] as Draft]))(
  '%s as .docx is the same draft',
  async (_, draft) => {
    expect(await reread('稿.docx', await writeDraftDocx(draft))).toEqual(plain(draft))
  },
)

test('random drafts go out and come back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(policies, statutes), async (plan) => {
      const draft = { title: '关于推进工作的意见', units: arrange(plan), artefacts: [] }
      expect(await reread('稿.txt', Buffer.from(writeDraftText(draft)))).toEqual(plain(draft))
      expect(await reread('稿.docx', await writeDraftDocx(draft))).toEqual(plain(draft))
    }),
    { numRuns: 20 },
  )
}, 60_000)

test('the text file prints numbers as Chinese typesetting does', () => {
  expect(writeDraftText(readDraft('甲条例（征求意见稿）\n第一章 总则\n第一条 为了甲。'))).toBe(
    '甲条例（征求意见稿）\r\n\r\n　　第一章　总则\r\n　　第一条　为了甲。\r\n',
  )
})
