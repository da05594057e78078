import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import { everyAdoptionRow } from '../../db/queries/adoption-pages.ts'
import { countCells } from '../../db/queries/aggregates.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { type Obstacles, obstacles } from '../../db/queries/obstacles.ts'
import { draftReport, editions, keepReport } from '../../db/queries/outcome-editions.ts'
import { publishOutcome } from '../../db/queries/outcome-publication.ts'
import type { AdoptionRow } from '../../db/queries/outcomes.ts'
import type { Dependencies } from '../dependencies.ts'
import { clausePlaces } from '../documents/clause-places.ts'
import { countsOf, reasonsOf } from '../documents/outcome-figures.ts'
import { reportText } from '../documents/report-text.ts'
import { PageError } from '../plugins/page-error.ts'
import { memberOf, memberWith } from '../plugins/roles.ts'
import { nameOf } from '../rules/names.ts'
import { type Counts, wrongNumbers } from '../rules/report-numbers.ts'
import { outcomeNames } from '../rules/responses.ts'
import { hasRole } from '../rules/roles.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'
import { consultationOf } from './consultation.ts'

interface OutcomePage {
  consultation: Consultation
  obstacles: { text: string; href: string }[]
  counts: Counts
  report: string
  wrong: { said: string; actual: number }[]
  rows: { citation: string; author: string; body: string; count: number; outcome: string; reason: string }[]
  more: boolean
  editions: { edition: number; time: string; note: string | null }[]
  mayPublish: boolean
  note: string
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/outcome': OutcomePage
  }
}

const longestReport = 20_000
const shownRows = 50

/** GET /office/:slug/outcome: what would be published, and what stands in its way. */
export function outcomePage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/outcome', await pageOf(deps, request))
}

/** POST /office/:slug/outcome/report: keeps the report that is being written; an empty one comes from the data again. */
export function keptReport(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const { id, slug } = consultationOf(request)
    const report = typedText(request.body, 'report')
    const problem = textProblem(report, { name: '情况说明', most: longestReport })
    if (problem) {
      const page = await pageOf(deps, request)
      return reply
        .code(422)
        .page('office/outcome', { ...page, report, errors: [{ field: 'report', message: problem }] })
    }
    await keepReport(db, id, report, memberOf(request).id, now())
    return reply.redirect(`/office/${slug}/outcome`, 303)
  }
}

/** POST /office/:slug/outcome/editions: publishes, by an approver; a later edition says what it corrects. */
export function outcomeEdition(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const approver = memberWith(request, consultation.id, 'approver')
    const page = await pageOf(deps, request)
    const note = typedText(request.body, 'note')
    const errors = problemsOf(page, note)
    if (errors.length > 0) return reply.code(422).page('office/outcome', { ...page, note, errors })
    await publish(deps, consultation, page, note || null, approver.id)
    return reply.redirect(`/office/${consultation.slug}/outcome`, 303)
  }
}

function problemsOf({ obstacles, wrong, editions }: OutcomePage, note: string): FieldError[] {
  const noteProblem = textProblem(note, { name: '更正说明', required: editions.length > 0, most: 1000 })
  return [
    ...obstacles.map(({ text }) => ({ field: 'obstacles', message: text })),
    ...wrong.map(({ said, actual }) => ({
      field: 'report',
      message: `情况说明写“${said}”，实际是 ${actual}`,
    })),
    ...(noteProblem ? [{ field: 'note', message: noteProblem }] : []),
  ]
}

async function publish(
  { db, now }: Dependencies,
  consultation: Consultation,
  { report, counts, editions }: OutcomePage,
  note: string | null,
  staffId: string,
): Promise<void> {
  const number = (editions[0]?.edition ?? 0) + 1
  const clauses = await commentedClauses(db, consultation.id)
  try {
    await publishOutcome(db, consultation, { number, report, numbers: counts, note, clauses }, staffId, now())
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new PageError(
      409,
      'outcome_moved_on',
      '没有公布：情况刚刚变了',
      '可能有新的待审意见，或同事先公布了。请返回核对后再试。',
    )
  }
}

async function pageOf(deps: Dependencies, request: FastifyRequest): Promise<OutcomePage> {
  const { db, now } = deps
  const consultation = consultationOf(request)
  const [inTheWay, counts, kept, published, places, clauses] = await Promise.all([
    obstacles(db, consultation),
    countsOf(db, consultation.id),
    draftReport(db, consultation.id),
    editions(db, consultation.id),
    clausePlaces(db, consultation.id),
    commentedClauses(db, consultation.id),
  ])
  const rows = await firstRows(db, consultation.id, clauses, shownRows + 1)
  const report = kept || reportText(consultation, counts, await reasonsOf(db, consultation.id))
  return {
    consultation,
    obstacles: obstacleTexts(consultation, inTheWay, now()),
    counts,
    report,
    wrong: wrongNumbers(report, counts),
    rows: rows.slice(0, shownRows).map((row) => ({
      ...row,
      citation: places.get(row.clause)?.citation ?? row.clause,
      outcome: nameOf(outcomeNames, row.outcome),
    })),
    more: rows.length > shownRows,
    editions: published.map(({ edition, publishedAt, note }) => ({
      edition,
      time: shanghaiMinute(publishedAt),
      note,
    })),
    mayPublish: hasRole(memberOf(request).grants, ['approver'], consultation.id),
    note: '',
    errors: [],
  }
}

/** The clauses that have any comment, in document order. */
async function commentedClauses(db: Dependencies['db'], consultationId: string): Promise<string[]> {
  const [cells, places] = await Promise.all([
    countCells(db, consultationId),
    clausePlaces(db, consultationId),
  ])
  const commented = new Set(cells.map(({ clause }) => clause))
  return [...places.keys()].filter((key) => commented.has(key))
}

async function firstRows(
  db: Dependencies['db'],
  consultationId: string,
  clauses: string[],
  most: number,
): Promise<AdoptionRow[]> {
  const rows: AdoptionRow[] = []
  for await (const row of everyAdoptionRow(db, consultationId, clauses)) {
    rows.push(row)
    if (rows.length === most) break
  }
  return rows
}

function obstacleTexts(
  { slug, closesAt }: Consultation,
  { pending, unanswered, unsummarised }: Obstacles,
  now: Date,
): OutcomePage['obstacles'] {
  const reading = `/office/${slug}/comments`
  return [
    { stands: now <= closesAt, text: '征求意见还没有截止', href: `/office/${slug}` },
    { stands: pending > 0, text: `还有 ${pending} 条意见待审`, href: `${reading}?state=pending` },
    {
      stands: unanswered > 0,
      text: `还有 ${unanswered} 条意见没有经批准的答复`,
      href: `${reading}?answered=no`,
    },
    {
      stands: unsummarised > 0,
      text: `有 ${unsummarised} 条不逐条公开的意见，答复里没有归纳`,
      href: `${reading}?state=withheld`,
    },
  ].flatMap(({ stands, text, href }) => (stands ? [{ text, href }] : []))
}
