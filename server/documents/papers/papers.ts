import { Readable } from 'node:stream'
import type { PaperScope } from '../../rules/papers/scopes.ts'
import { tableFormats } from '../formats/table-paper.ts'
import { writeArchive } from './archive.ts'
import { briefPaper } from './brief-paper.ts'
import { changesPaper } from './changes-paper.ts'
import { campaignList } from './comments/campaign-list.ts'
import { commentsCsv, commentsXlsx } from './comments/comment-files.ts'
import { commentsJson } from './comments/comment-json.ts'
import { commentsJsonLd } from './comments/comment-jsonld.ts'
import { groupedSummary } from './comments/grouped-summary.ts'
import { pointsCsv, pointsJson, pointsXlsx } from './comments/points-paper.ts'
import { summaryPaper } from './comments/summary-paper.ts'
import { draftPaper } from './draft-paper.ts'
import { leaderPaper } from './leader-paper.ts'
import { adoptionPaper } from './outcomes/adoption-paper.ts'
import { writeDossier } from './outcomes/dossier.ts'
import { findingsPaper } from './outcomes/findings-paper.ts'
import { procedurePaper } from './outcomes/procedure-paper.ts'
import { reportPaper } from './outcomes/report-paper.ts'
import type { PaperRequest } from './paper-request.ts'
import { unitsPaper } from './units-paper.ts'
import { wordingsDocx } from './wordings-docx.ts'
import { wordingsPaper } from './wordings-paper.ts'

type Format = 'xlsx' | 'csv' | 'docx' | 'json' | 'jsonld' | 'zip'
type Make = (request: PaperRequest) => Promise<Readable>

export interface Paper {
  kind: string
  name: string
  about: string
  scopes: readonly PaperScope[]
  /** `comments` reads the comments that the filters let through; `whole` is of the whole consultation. */
  of: 'comments' | 'whole'
  /** It is made when it is asked for, and in no archive: it is checked then, and may be refused. */
  isAlone?: true
  formats: Partial<Record<Format, Make>>
}

const all = ['internal', 'public', 'personal'] as const
const both = ['internal', 'public'] as const

/** Every paper of a consultation, in the order in which an office needs them. */
export const papers: readonly Paper[] = [
  {
    kind: 'comments',
    name: '意见',
    about: '逐条列出，XLSX 的第一张表是各条款汇总',
    scopes: all,
    of: 'comments',
    formats: { xlsx: commentsXlsx, csv: commentsCsv, json: commentsJson },
  },
  {
    kind: 'points',
    name: '具体意见表',
    about: '逐条具体意见一行，含主题、归并意见、责任单位和采纳情况，可以做数据透视表',
    scopes: both,
    of: 'comments',
    formats: { xlsx: pointsXlsx, csv: pointsCsv, json: pointsJson },
  },
  {
    kind: 'annotations',
    name: '意见（网络批注格式）',
    about: 'W3C Web Annotation，供程序使用',
    scopes: ['public'],
    of: 'comments',
    formats: { jsonld: commentsJsonLd },
  },
  {
    kind: 'summary',
    name: '意见汇总表',
    about: '按条款附原文、采纳情况和理由；DOCX 按归并意见合并成行供印发，XLSX、CSV 逐条列出',
    scopes: all,
    of: 'comments',
    formats: { ...tableFormats(summaryPaper), docx: groupedSummary },
  },
  {
    kind: 'campaigns',
    name: '同类意见清单',
    about: '意见汇总表里每组同类意见由哪些意见组成',
    scopes: both,
    of: 'comments',
    formats: tableFormats(campaignList),
  },
  {
    kind: 'adoption',
    name: '意见采纳情况表',
    about: '内部是公布前的核对稿，公开的是已公布的一版',
    scopes: both,
    of: 'whole',
    formats: tableFormats(adoptionPaper),
  },
  {
    kind: 'report',
    name: '公开征求意见情况说明',
    about: '数字和图表由数据生成',
    scopes: both,
    of: 'whole',
    formats: { docx: whole(reportPaper) },
  },
  {
    kind: 'brief',
    name: '意见情况摘要',
    about: '用提出人的原话概括大家说了什么，注明每句代表多少；没有生成过的，按今天的情况生成',
    scopes: ['internal'],
    of: 'whole',
    formats: { docx: whole(briefPaper) },
  },
  {
    kind: 'leader_page',
    name: '呈阅件',
    about: '给领导的一页，文字在“总览”的“呈阅件”里写；不放进“全部文件”',
    scopes: ['internal'],
    of: 'whole',
    formats: { docx: whole(leaderPaper) },
    isAlone: true,
  },
  {
    kind: 'wordings',
    name: '修改对照表',
    about: '原条款、修改后条款和说明',
    scopes: ['internal'],
    of: 'whole',
    formats: { ...tableFormats(wordingsPaper), docx: whole(wordingsDocx) },
  },
  {
    kind: 'changes',
    name: '修改依据表',
    about: '逐句列出修改前后、依据和有关意见',
    scopes: ['internal'],
    of: 'whole',
    formats: tableFormats(changesPaper),
  },
  {
    kind: 'draft',
    name: '批注稿',
    about: '意见作为批注，拟修改处作为修订',
    scopes: ['internal'],
    of: 'comments',
    formats: { docx: whole(draftPaper) },
  },
  {
    kind: 'units',
    name: '部门意见汇总表',
    about: '与公众意见分开，未协调一致的列明双方意见',
    scopes: ['internal'],
    of: 'whole',
    formats: tableFormats(unitsPaper),
  },
  {
    kind: 'procedure',
    name: '程序台账',
    about: '各环节的日期、文号和附件',
    scopes: ['internal'],
    of: 'whole',
    formats: tableFormats(procedurePaper),
  },
  {
    kind: 'findings',
    name: '审查意见处理情况表',
    about: '合法性审查、公平竞争审查、会签等提出的意见和处理情况',
    scopes: ['internal'],
    of: 'whole',
    formats: tableFormats(findingsPaper),
  },
  {
    kind: 'dossier',
    name: '送审材料',
    about: '草案、起草说明、部门意见、公众意见、程序台账和依据，按第713号令要求的材料归成一个压缩包',
    scopes: ['internal'],
    of: 'whole',
    formats: { zip: writeDossier },
  },
  {
    kind: 'archive',
    name: '全部文件',
    about: '以上文件（送审材料除外）和核对清单 manifest.json，一个压缩包',
    scopes: both,
    of: 'comments',
    formats: { zip: (request) => writeArchive(request, archived(request)) },
  },
]

function whole(make: (request: PaperRequest) => Promise<Buffer>): Make {
  return async (request) => Readable.from([await make(request)], { objectMode: false })
}

type Chosen = Pick<PaperRequest, 'scope' | 'filters'>

/** What the archive holds: every paper of the scope in each of its formats; with filters those that follow them. */
function archived(chosen: Chosen): { name: string; make: Make }[] {
  return archivedPapers(chosen).flatMap(({ name, formats }) =>
    Object.entries(formats).map(([format, make]) => ({ name: `${name}.${format}`, make })),
  )
}

function archivedPapers({ scope, filters }: Chosen): Paper[] {
  const isFiltered = Object.values(filters).some((value) => value !== null)
  return papers.filter(
    ({ kind, scopes, of, formats, isAlone }) =>
      kind !== 'archive' &&
      !isAlone &&
      !formats.zip &&
      scopes.includes(scope) &&
      (of === 'comments' || !isFiltered),
  )
}

/** How often making a paper reads each comment, for whoever shows how far it has come. */
export function readings({ kind, of }: Paper, chosen: Chosen): number {
  if (kind === 'dossier') return 1
  if (kind !== 'archive') return of === 'comments' && kind !== 'campaigns' ? 1 : 0
  return archivedPapers(chosen).reduce(
    (sum, paper) => sum + readings(paper, chosen) * Object.keys(paper.formats).length,
    0,
  )
}

/** The paper of a kind in a format, if the scope may have it; null otherwise. */
export function findPaper(
  kind: string,
  format: string,
  scope: PaperScope,
): { paper: Paper; make: Make } | null {
  const paper = papers.find((one) => one.kind === kind && one.scopes.includes(scope))
  const [, make] = Object.entries(paper?.formats ?? {}).find(([name]) => name === format) ?? []
  return paper && make ? { paper, make } : null
}

export const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json; charset=utf-8',
  zip: 'application/zip',
}
