import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Progress, progressOf } from '../../../db/queries/answers/progress.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { everyAdoptionRow } from '../../../db/queries/outcomes/adoption-pages.ts'
import type { AdoptionRow } from '../../../db/queries/outcomes/adoption-rows.ts'
import { type Obstacles, obstacles } from '../../../db/queries/outcomes/obstacles.ts'
import {
  draftReport,
  type Edition,
  editions,
  versionedReport,
} from '../../../db/queries/outcomes/outcome-editions.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ClausePlace, clausePlaces } from '../../documents/papers/clause-places.ts'
import { countsOf, reasonsOf } from '../../documents/papers/outcomes/outcome-figures.ts'
import { reportText } from '../../documents/papers/outcomes/report-text.ts'
import { memberOf } from '../../plugins/roles.ts'
import { correctionNote } from '../../rules/answers/correction-note.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf } from '../../rules/names.ts'
import type { TypedOutcome } from '../../rules/outcomes/outcome-forms.ts'
import { type OutcomeNumbers, wrongNumbers } from '../../rules/outcomes/report-numbers.ts'
import { usualLetters } from '../../rules/points/letters.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { type OneVoice, warningsOfAll } from '../answers/one-voice.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { wordingsAddress } from '../wordings/wordings-address.ts'
import { proposedNote } from './proposed-note.ts'

/** What an edition would consist of now, and what stands in its way. */
export interface NextEdition {
  obstacles: { text: string; href: string }[]
  counts: OutcomeNumbers
  report: string
  /** Who wrote the report last; without a time where it comes from the data. */
  saved: Saved | null
  wrong: { said: string; actual: number }[]
  before: Edition[]
  /** What its numbers were counted from. */
  progress: Progress
  places: ReadonlyMap<string, ClausePlace>
}

interface OutcomePage extends Omit<NextEdition, 'before' | 'progress' | 'places' | 'report'> {
  consultation: Consultation
  rows: {
    citation: string
    author: string
    body: string
    count: number
    outcome: string
    reason: string
    corrected: string | null
  }[]
  more: boolean
  /** What to look at once more before it is published. */
  voice: OneVoice
  /** What the counts of the table have to add up to. */
  tableTotal: string
  editions: { edition: number; time: string; note: string | null }[]
  mayPublish: boolean
  typed: TypedOutcome
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/outcome': OutcomePage
  }
}

const shownRows = 50
/** So many clauses are named in one line. */
const namedWordings = 10

/** GET /office/:slug/outcome: what would be published, and what stands in its way. */
export function outcome(app: FastifyInstance, deps: Dependencies): void {
  app.get('/outcome', async (request, reply) =>
    reply.page(
      'office/outcomes/outcome',
      await outcomePage(deps, request, await nextEdition(deps, request.consultation)),
    ),
  )
}

/** What would be published: the report that is kept, or else the one that comes from the data. */
export async function nextEdition(
  { db, now }: Dependencies,
  consultation: Consultation,
): Promise<NextEdition> {
  const progress = await progressOf(db, consultation.id)
  const versioned = versionedReport(consultation.id)
  const [inTheWay, counts, kept, before, version, places] = await Promise.all([
    obstacles(db, consultation, progress),
    countsOf(db, consultation.id, progress),
    draftReport(db, consultation.id),
    editions(db, consultation.id),
    currentVersion(db, versioned),
    clausePlaces(db, consultation.id),
  ])
  const report =
    kept?.report || reportText(consultation, counts, await reasonsOf(db, consultation.id, places))
  return {
    obstacles: obstacleTexts(consultation, inTheWay, now()),
    counts,
    report,
    saved: savedAs(consultation, versioned, version && { ...version, at: kept?.report ? version.at : null }),
    wrong: wrongNumbers(report, counts),
    before,
    progress,
    places,
  }
}

/** The page with nothing typed in its forms. */
export async function outcomePage(
  { db }: Dependencies,
  request: FastifyRequest,
  { before, progress, places, report, ...next }: NextEdition,
): Promise<OutcomePage> {
  const { consultation } = request
  const { admitted, points } = next.counts
  const note = await proposedNote(db, consultation.id, before[0], places)
  const [rows, voice] = await Promise.all([
    firstRows(db, consultation.id, commentedClauses(places, progress), shownRows + 1),
    warningsOfAll({ db, consultation, places }, progress, null),
  ])
  return {
    ...next,
    consultation,
    voice,
    rows: rows.slice(0, shownRows).map((row) => ({
      ...row,
      citation: places.get(row.clause)?.citation ?? row.clause,
      outcome: nameOf(outcomeNames, row.outcome),
      corrected: correctionNote(row),
    })),
    more: rows.length > shownRows,
    tableTotal: points ? `${points.total} 条具体意见` : `${admitted} 条`,
    editions: before.map(({ edition, publishedAt, note }) => ({
      edition,
      time: shanghaiMinute(publishedAt),
      note,
    })),
    mayPublish: hasRole(memberOf(request).grants, ['approver'], consultation.id),
    typed: { report, revision: String(next.saved?.revision ?? 0), note },
    errors: [],
  }
}

/** The clauses that have any comment or point, in document order. */
export function commentedClauses(
  places: ReadonlyMap<string, unknown>,
  { cells, parted }: Pick<Progress, 'cells' | 'parted'>,
): string[] {
  const commented = new Set([...cells, ...parted].map(({ clause }) => clause))
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

/** What stands in the way as the pages say it, each leading to what has to be done. */
export function obstacleTexts(
  { slug, closesAt, letters, publicationPolicy }: Consultation,
  { pending, unparted, unanswered, appealed, unsummarised, wordings }: Obstacles,
  now: Date,
): NextEdition['obstacles'] {
  const reading = `/office/${slug}/comments`
  return [
    { stands: now <= closesAt, text: '征求意见还没有截止', href: `/office/${slug}` },
    { stands: pending > 0, text: `还有 ${pending} 条意见待审`, href: `${reading}?state=pending` },
    {
      stands: unparted > 0 && (letters ?? usualLetters).bars,
      text: `还有 ${unparted} 条意见待梳理，或者没有梳理完`,
      href: `/office/${slug}/splits`,
    },
    {
      stands: unanswered > 0,
      text: `还有 ${unanswered} 条意见没有经批准的答复`,
      href: `${reading}?answered=open`,
    },
    {
      stands: appealed > 0,
      text: `有 ${appealed} 处认定没有具体意见，提出人不同意，还没有决定`,
      href: `/office/${slug}/objections`,
    },
    {
      stands: unsummarised > 0,
      text: `有 ${unsummarised} 条不逐条公开的意见，答复里没有归纳`,
      href: `${reading}?answered=bare${publicationPolicy === 'outcome_only' ? '' : '&state=withheld'}`,
    },
    {
      stands: wordings.length > 0,
      text: `有 ${wordings.length} 条条款的修改稿没有批准：${wordings.slice(0, namedWordings).join('、')}${wordings.length > namedWordings ? '等' : ''}`,
      href: wordingsAddress({ slug }),
    },
  ].flatMap(({ stands, text, href }) => (stands ? [{ text, href }] : []))
}
