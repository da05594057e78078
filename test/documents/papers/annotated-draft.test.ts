import { expect, test } from 'vitest'
import { type Annotation, writeAnnotatedDraft } from '../../../server/documents/papers/annotated-draft.ts'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { officeErrors } from './office-errors.ts'
import { allText, part, unzip } from './read-back.ts'

const draft = readDraft(
  [
    '关于试点的意见（征求意见稿）',
    '一、总体要求',
    '（一）指导思想。坚持问计于民，稳步推进。',
    '（二）基本原则。先易后难。',
  ].join('\n'),
)
const [first] = draft.units.filter(({ kind }) => kind === 'clause')
const clause = first?.key ?? ''
const at = (exact: string) => {
  const start = [...(first?.text.split(exact)[0] ?? '')].length
  return { start, end: start + [...exact].length, exact }
}
const said = (text: string, quote: Annotation['quote'], on = clause): Annotation => ({
  clause: on,
  author: '王**',
  date: new Date('2026-11-05T00:00:00Z'),
  text,
  quote,
})

/** The document's text with its marks: [n and n] around what comment n stands at, +added+ and -removed-. */
async function marked(annotations: Annotation[], wordings: [string, string][], rounds = 1): Promise<string> {
  const file = await writeAnnotatedDraft(
    Array.from({ length: rounds }, () => ({ ...draft, annotations, wordings: new Map(wordings) })),
    { author: '省发改委', date: new Date('2026-12-01T00:00:00Z') },
  )
  const xml = part(await unzip(file), 'word/document.xml').toString('utf8')
  const ids = [...xml.matchAll(/<w:(?:ins|del) [^>]*w:id="(\d+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  return xml
    .replace(/<w:commentRangeStart w:id="(\d+)"\/>/g, '[$1')
    .replace(/<w:commentRangeEnd w:id="(\d+)"\/>/g, '$1]')
    .replace(/<w:ins .*?<\/w:ins>/gs, (run) => `+${run.replace(/<[^>]+>/g, '')}+`)
    .replace(/<w:del .*?<\/w:del>/gs, (run) => `-${run.replace(/<[^>]+>/g, '')}-`)
    .replace(/<[^>]+>/g, '')
}

test('comments stand at their quotes, which may overlap, beside tracked changes', async () => {
  const text = await marked(
    [said('甲', at('问计于民，稳步')), said('乙', at('稳步推进')), said('丙', null)],
    [[clause, '指导思想。坚持问计于民，扎实推进。']],
  )
  expect(text).toContain('[2（一）指导思想。坚持[0问计于民，')
  expect(text).toMatch(/\[1-稳步-0\](\+扎实\+)?|\[1-稳步-\+扎实\+0\]|\[1\+扎实\+-稳步-0\]/)
  expect(text).toMatch(/推进1\]。2\]/)
})

test('Word opens it without repair', async () => {
  const annotations = [said('甲', at('问计于民')), said('乙', null, 'draft')]
  const wordings = new Map([[clause, '指导思想。坚持问计于民，扎实推进。']])
  const file = await writeAnnotatedDraft([{ ...draft, annotations, wordings }], {
    author: '省发改委',
    date: new Date(),
  })
  expect(await officeErrors('x.docx', file)).toEqual([])
})

test('a quote that the text does not have is of the whole clause, and what has no clause is at the title', async () => {
  const text = await marked([said('甲', { start: 0, end: 2, exact: '别的' }), said('乙', null, 'draft')], [])
  expect(text).toContain('[1关于试点的意见（征求意见稿）1]')
  expect(text).toContain('[0（一）指导思想。坚持问计于民，稳步推进。0]')
})

test('each round is a section with its own comments, and headings are headings', async () => {
  const text = await marked([said('甲', at('问计于民'))], [], 2)
  expect(text).toContain('[0问计于民0]')
  expect(text).toContain('[1问计于民1]')
  const file = await writeAnnotatedDraft([{ ...draft, annotations: [], wordings: new Map() }], {
    author: '省发改委',
    date: new Date(),
  })
  expect(await allText('x.docx', file)).toContain('<w:pStyle w:val="Heading1"/>')
})
