import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeDraftDocx } from '../../../server/documents/drafts/draft-docx.ts'
import { compareRounds } from '../../../server/documents/papers/comparison.ts'
import { writeComparisonDocx } from '../../../server/documents/papers/comparison-docx.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { blank, title, units } from '../feedback-form/seed-form.ts'
import { officeErrors } from './office-errors.ts'

const folder = join(import.meta.dirname, '../../fixtures/drafts')
const drafts = ['18-tables-between-clauses'].map((name) =>
  readDraft(readFileSync(join(folder, `${name}.txt`), 'utf8')),
)

/** The old text beside one in which a clause reads otherwise, one is new and one is gone. */
function comparison(): Promise<Buffer> {
  const after = units
    .filter(({ key }) => key !== 'p9')
    .map((unit) => ({ ...unit, text: `${unit.text}另行规定。` }))
  const sources = new Map(after.map(({ key }, position) => [position, key && key !== 'p8' ? [key] : []]))
  const rows = compareRounds(units, after, sources, new Map(), new Map())
  return writeComparisonDocx(`${title}　第1稿与第2稿对照。`, rows)
}

test.each<[string, () => Promise<Buffer>]>([
  ['the draft.docx', () => writeDraftDocx({ title, units })],
  ...drafts.map((draft, i): [string, () => Promise<Buffer>] => [
    `draft ${i}.docx`,
    () => writeDraftDocx(draft),
  ]),
  ['the blank feedback form.docx', async () => blank],
  ['the comparison.docx', comparison],
])('%s opens in Office without repair', async (name, make) => {
  expect(await officeErrors(name, await make())).toEqual([])
})
