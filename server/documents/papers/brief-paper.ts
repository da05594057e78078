import { type FileChild, HeadingLevel, Paragraph } from 'docx'
import { briefParts, briefSection, newestBrief } from '../../../db/queries/briefs/briefs.ts'
import type { KeptSection } from '../../../db/queries/briefs/making.ts'
import { quotedWords } from '../../../db/queries/briefs/quotations.ts'
import { briefSteps } from '../../jobs/briefs/brief-steps.ts'
import { percentOf, type Quotation, quotationsOf, saidBy } from '../../rules/briefs/brief.ts'
import { concentrated } from '../../rules/briefs/clause-rankings.ts'
import { type Day, shanghaiDay, writtenDay } from '../../rules/days.ts'
import { writtenPeople } from '../../rules/intakes/people.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { baseNames } from '../../text/briefing/bases.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { bodyParagraph, type setIn, textRuns, titleParagraph } from '../formats/word-page.ts'
import { wholeLines } from './brief-whole.ts'
import type { PaperRequest } from './paper-request.ts'

/** 意见情况摘要 as a paper: the newest that was made, or one of now where none was. The words are those that stand now. */
export async function briefPaper(request: PaperRequest): Promise<Buffer> {
  const { day, sections } = await newest(request)
  const { title, organ } = request.consultation
  const children: FileChild[] = [
    paragraph('内部资料', { face: 'heading' }),
    titleParagraph(`《${title}》\n意见情况摘要`),
    body(
      `截至${writtenDay(day)}，由${organ}收到、现已纳入研究的公众意见。引号内都是提出人的原话；“代表”是程序按归并意见、同类意见和用词估计的，帮助阅读，不能代替逐条研究。征求意见不是投票，数量不作为是否采纳的依据。`,
    ),
  ]
  const [whole, ...parts] = sections
  if (whole) {
    children.push(...wholeLines(whole.said, request.places, request.consultation.regions).flatMap(lines))
    children.push(heading('三、说了什么', 1), ...(await said(request, whole, 2)))
  }
  // All of them would be a book: the others are read on the page.
  const clauses = concentrated(whole?.said.clauses ?? [], whole?.said.counts.submissions ?? 0).flatMap(
    ({ clause }) => parts.find(({ kind, key }) => kind === 'clause' && key === clause) ?? [],
  )
  if (clauses.length > 0) children.push(heading('四、意见较集中的条款', 1))
  for (const section of clauses) {
    children.push(heading(request.places.get(section.key)?.name ?? section.key, 2))
    children.push(...(await said(request, section, 3)))
  }
  const section = { ...a4Section('portrait'), children }
  return packed(officialDocument({ title: `${title}意见情况摘要`, sections: [section] }))
}

async function newest(request: PaperRequest): Promise<{ day: Day; sections: KeptSection[] }> {
  const { db, consultation, now, places } = request
  const brief = await newestBrief(db, consultation.id, shanghaiDay(now))
  if (!brief) return madeNow(request)
  const parts = await briefParts(db, consultation.id, brief.day)
  const order = [...places.keys()]
  const place = ({ kind, key }: { kind: string; key: string }) => (kind === 'whole' ? -1 : order.indexOf(key))
  const sections: KeptSection[] = []
  for (const part of parts.toSorted((a, b) => place(a) - place(b))) {
    const said = await briefSection(db, consultation.id, brief.day, part)
    if (said) sections.push({ ...part, said })
  }
  return { day: brief.day, sections: sections.toSorted((a, b) => place(a) - place(b)) }
}

async function madeNow({ db, consultation, now, places }: PaperRequest) {
  const day = shanghaiDay(now)
  const steps = briefSteps({ db }, consultation, day, async () => {}, places)
  for (;;) {
    const { done, value } = await steps.next()
    if (done) return { day, sections: value }
  }
}

/** What a section quotes: by stance, and then what few say. @param level of its headings */
async function said(
  { db, consultation }: PaperRequest,
  { said }: KeptSection,
  level: 2 | 3,
): Promise<FileChild[]> {
  const words = await quotedWords(db, consultation.id, quotationsOf(said))
  const quoted = (quotation: Quotation, note: string) => {
    const own = words.get(quotation)
    return own === undefined ? [] : [body(`“${own}”（${note}）`)]
  }
  const { counts, rare } = said
  const numbered = (place: number) => (level === 2 ? `（${numerals[place] ?? place + 1}）` : '')
  return [
    ...(level === 3 ? [body(`${counts.submissions}件，${counts.points}条具体意见。`)] : []),
    ...said.stances.flatMap(({ stance, points, covered, quotations, ...by }, place) => [
      heading(
        `${numbered(place)}${nameOf(stanceNames, stance)}：${points}条具体意见，${writtenPeople(saidBy(by), '')}`,
        level,
      ),
      ...quotations.flatMap((one) =>
        quoted(one, `代表${one.points}条具体意见，${writtenPeople(saidBy(one), '')}`),
      ),
      body(`这${quotations.length}句覆盖${percentOf(covered, points)}%（${points}条中的${covered}条）。`),
    ]),
    ...(rare.quotations.length > 0
      ? [
          heading(`${numbered(said.stances.length)}少数但有具体依据的意见：${rare.found}条`, level),
          ...rare.quotations
            .slice(0, level === 2 ? 20 : 5)
            .flatMap((one) => quoted(one, one.bases.map((base) => nameOf(baseNames, base)).join('、'))),
        ]
      : []),
  ]
}

function lines({ text, level }: { text: string; level: 1 | 2 | null }): FileChild[] {
  return [level === null ? body(text) : heading(text, level)]
}

const numerals = '一二三四五六'
const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 }

function heading(text: string, level: 1 | 2 | 3): FileChild {
  return new Paragraph({
    heading: levels[level],
    children: textRuns(text, { face: level === 1 ? 'heading' : level === 2 ? 'subheading' : 'body' }),
  })
}

function body(text: string): FileChild {
  return bodyParagraph(textRuns(text))
}

function paragraph(text: string, options: Parameters<typeof setIn>[0]): FileChild {
  return new Paragraph({ children: textRuns(text, options) })
}
