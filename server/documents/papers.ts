import { Readable } from 'node:stream'
import { adoptionPaper } from './adoption-paper.ts'
import { writeArchive } from './archive.ts'
import { commentsCsv, commentsXlsx } from './comment-files.ts'
import { commentsJson } from './comment-json.ts'
import { commentsJsonLd } from './comment-jsonld.ts'
import type { Scope } from './comment-table.ts'
import { writeCsv } from './csv.ts'
import { draftPaper } from './draft-paper.ts'
import type { PaperRequest } from './paper-request.ts'
import { reportPaper } from './report-paper.ts'
import { summaryPaper } from './summary-paper.ts'
import { type WordPaper, writeWordTable } from './word-table.ts'
import { wordingsPaper } from './wordings-paper.ts'
import { writeXlsx } from './xlsx.ts'

export type Format = 'xlsx' | 'csv' | 'docx' | 'json' | 'jsonld' | 'zip'
type Make = (request: PaperRequest) => Promise<Readable>

export interface Paper {
  kind: string
  name: string
  about: string
  scopes: readonly Scope[]
  formats: Partial<Record<Format, Make>>
}

const both = ['internal', 'public'] as const

/** Every paper of a consultation, in the order in which an office needs them. */
export const papers: readonly Paper[] = [
  {
    kind: 'comments',
    name: '意见',
    about: '逐条列出，XLSX 的第一张表是各条款汇总',
    scopes: both,
    formats: { xlsx: commentsXlsx, csv: commentsCsv, json: commentsJson },
  },
  {
    kind: 'annotations',
    name: '意见（网络批注格式）',
    about: 'W3C Web Annotation，供程序使用',
    scopes: ['public'],
    formats: { jsonld: commentsJsonLd },
  },
  {
    kind: 'summary',
    name: '意见汇总表',
    about: '按条款附原文、采纳情况和理由',
    scopes: both,
    formats: tableFormats(summaryPaper),
  },
  {
    kind: 'adoption',
    name: '意见采纳情况表',
    about: '公布用：公开的意见和归纳，合计等于纳入研究的全部意见',
    scopes: ['public'],
    formats: tableFormats(adoptionPaper),
  },
  {
    kind: 'report',
    name: '公开征求意见情况说明',
    about: '数字和图表由数据生成',
    scopes: both,
    formats: { docx: whole(reportPaper) },
  },
  {
    kind: 'wordings',
    name: '修改对照表',
    about: '原条款、修改后条款和说明',
    scopes: ['internal'],
    formats: tableFormats(wordingsPaper),
  },
  {
    kind: 'draft',
    name: '批注稿',
    about: '意见作为批注，拟修改处作为修订',
    scopes: ['internal'],
    formats: { docx: whole(draftPaper) },
  },
  {
    kind: 'archive',
    name: '全部文件',
    about: '以上文件和核对清单 manifest.json，一个压缩包',
    scopes: both,
    formats: { zip: (request) => writeArchive(request, archived(request.scope)) },
  },
]

function tableFormats(paper: (request: PaperRequest) => Promise<WordPaper>): Paper['formats'] {
  return {
    xlsx: async (request) => {
      const { title, columns, rows } = await paper(request)
      return writeXlsx([{ name: title, columns, rows, frozenColumns: 2 }])
    },
    docx: async (request) => writeWordTable(await paper(request)),
    csv: async (request) => writeCsv(await paper(request)),
  }
}

function whole(make: (request: PaperRequest) => Promise<Buffer>): Make {
  return async (request) => Readable.from([await make(request)], { objectMode: false })
}

/** What the archive holds: every paper of the scope in each of its formats. */
function archived(scope: Scope): { name: string; make: Make }[] {
  return papers
    .filter(({ kind, scopes }) => kind !== 'archive' && scopes.includes(scope))
    .flatMap(({ name, formats }) =>
      Object.entries(formats).map(([format, make]) => ({ name: `${name}.${format}`, make })),
    )
}

/** The paper of a kind in a format, if the scope may have it; null otherwise. */
export function findPaper(kind: string, format: string, scope: Scope): { paper: Paper; make: Make } | null {
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
