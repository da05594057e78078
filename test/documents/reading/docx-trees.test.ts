import {
  Document,
  type ILevelsOptions,
  type IParagraphOptions,
  LevelFormat,
  Packer,
  Paragraph,
  TextRun,
} from 'docx'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { proveCompleteness } from '../../../server/text/repairing/completeness.ts'
import { type Planned, planned, policies, statutes } from '../../text/outlining/trees.ts'

const title = '关于推进工作的实施意见（征求意见稿）'

/** How Word numbers each kind of label by itself: a list of one level, counted anew (an instance) where a wider unit begins. */
const lists: { reference: string; label: RegExp; level: Omit<ILevelsOptions, 'level'> }[] = [
  { reference: 'han', label: /^[^（(第]+、$/, level: { format: LevelFormat.CHINESE_COUNTING, text: '%1、' } },
  { reference: 'chapter', label: /章$/, level: { format: LevelFormat.CHINESE_COUNTING, text: '第%1章' } },
  {
    reference: 'article',
    label: /条$/,
    level: { format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: '第%1条' },
  },
  {
    reference: 'paren',
    label: /^（[^\d]+）$/,
    level: { format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: '（%1）' },
  },
  {
    reference: 'half',
    label: /^\([^\d]+\)$/,
    level: { format: LevelFormat.CHINESE_COUNTING_THOUSAND, text: '(%1)' },
  },
  { reference: 'digit', label: /^\d+\.$/, level: { format: LevelFormat.DECIMAL, text: '%1.' } },
  { reference: 'digit-paren', label: /^（\d+）$/, level: { format: LevelFormat.DECIMAL, text: '（%1）' } },
  { reference: 'digit-half', label: /^\(\d+\)$/, level: { format: LevelFormat.DECIMAL, text: '(%1)' } },
]
const first = /^[（(]?(?:一|1)[）).、]/

/** The plan as a Word file: numbers typed, or left to Word. */
function asDocx(plan: Planned[], automatic: boolean): Promise<Buffer> {
  const instances = new Map<string, number>()
  let instance = 0
  const options = ({ label, text }: Planned): IParagraphOptions => {
    const list = lists.find((each) => automatic && label !== null && each.label.test(label))
    if (!list || label === null) return { children: runs((label ?? '') + text) }
    const { reference } = list
    if (first.test(label)) instances.set(reference, ++instance)
    return {
      children: runs(text),
      numbering: { reference, level: 0, instance: instances.get(reference) ?? 0 },
    }
  }
  const config = lists.map(({ reference, level }) => ({ reference, levels: [{ ...level, level: 0 }] }))
  const children = [
    new Paragraph({ children: runs(title) }),
    ...plan.map((unit) => new Paragraph(options(unit))),
  ]
  return Packer.toBuffer(new Document({ numbering: { config }, sections: [{ children }] }))
}

/** Word parts words into runs anywhere. */
function runs(text: string): TextRun[] {
  const half = Math.floor(text.length / 2)
  return [new TextRun(text.slice(0, half)), new TextRun({ text: text.slice(half), bold: true })]
}

test.each([
  ['policy documents', policies],
  ['statutes', statutes],
])(
  '%s written as Word files come back as the same tree, character for character',
  async (_, trees) => {
    await fc.assert(
      fc.asyncProperty(trees, fc.boolean(), async (plan, automatic) => {
        const bytes = await asDocx(plan, automatic)
        const { draft, source, notes } = await readDocument({ filename: '稿.docx', bytes })
        expect(draft.title).toBe(title)
        expect(draft.units.map(planned)).toEqual(plan)
        expect(draft.artefacts).toEqual([])
        expect(notes).toEqual([])
        expect(proveCompleteness(source, draft).holds).toBe(true)
      }),
      { numRuns: 40 },
    )
  },
  60_000,
)
