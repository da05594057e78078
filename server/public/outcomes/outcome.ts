import type { FastifyInstance } from 'fastify'
import { type Edition, editionRows, editions } from '../../../db/queries/outcomes/outcome-editions.ts'
import { concernsSaying } from '../../../db/queries/points/public-concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import type { Views } from '../../plugins/views.ts'
import { type Corrected, correctedOn } from '../../rules/answers/correction-note.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { wholeDraft } from '../../rules/names.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { nameIn, type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import { type CountBar, countBars } from './count-bars.ts'

interface ShownRow {
  number: number
  clause: string
  /** null where the comment is no longer published. */
  author: string | null
  body: string | null
  count: number
  outcome: string
  reason: string
  corrected: Corrected | null
  href: string | null
  /** Where the concern that it sums up is read; null for a comment, and where the office has put it otherwise since. */
  concern: string | null
}

interface ShownEdition {
  number: number
  time: string
  note: string | null
  /** When words of it were hidden; null where none were. */
  retractedAt: string | null
  href: string
  current: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/outcomes/outcome': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      edition: ShownEdition
      editions: ShownEdition[]
      paragraphs: { heading: string | null; lines: string[] }[]
      outcomes: CountBar[]
      channels: CountBar[]
      received: number
      admitted: number
      endorsements: number
      /** How many points the comments were parted into; null where none was. */
      points: number | null
      rows: ShownRow[]
      next: string | null
    }
  }
}

const pageSize = 100
/** What stands for the author of a row that sums up several. */
const summary = '归纳'

/** GET /consultations/:slug/outcome: the newest edition, or ?edition=N; its table a page at a time. */
export function outcome(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>(
    '/consultations/:slug/outcome',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['edition', 'after'])
      const { edition } = request.query
      const asked = {
        edition: typeof edition === 'string' ? edition.slice(0, 4) : null,
        after: after(request.query.after),
      }
      return reply.keptPage([seenKey(seen, deps.now()), asked, frameKey(frame)], async () =>
        app.page(
          'public/outcomes/outcome',
          await outcomePage(deps, await withRound(deps, seen), asked, frame),
        ),
      )
    },
  )
}

/** @throws PageError 404 where nothing has been published */
async function outcomePage(
  deps: Dependencies,
  scope: Scope,
  asked: { edition: string | null; after: number },
  frame: Frame,
): Promise<Views['public/outcomes/outcome']> {
  const { consultation, round } = scope
  const all = await editions(deps.db, consultation.id)
  const chosen = all.find(({ edition }) => String(edition) === asked.edition) ?? all[0]
  if (!chosen) throw notFound()
  const address = `/consultations/${consultation.slug}/outcome`
  const { received, admitted, outcomes, channels, endorsements } = chosen.numbers
  const rows = await editionRows(deps.db, chosen.id, asked.after, pageSize + 1)
  const summed = rows.flatMap(({ author, clause, body }) =>
    author === summary && body !== null ? [{ clause, body }] : [],
  )
  const said = await concernsSaying(deps.db, consultation.id, summed)
  const concernOf = ({ author, clause, body }: (typeof rows)[number]) =>
    author === summary
      ? (said.find((one) => one.clause === clause && one.sentence === body)?.id ?? null)
      : null
  const last = rows.length > pageSize ? rows[pageSize - 1] : null
  return {
    frame,
    title: `${frame.t.outcome.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    edition: shown(chosen, address, chosen),
    editions: all.map((edition) => shown(edition, address, chosen)),
    paragraphs: paragraphsOf(chosen.report),
    outcomes: countBars(frame.t.receipt.outcomes, outcomes, admitted, frame).filter(
      ({ name, count }) => count > 0 || name !== frame.t.receipt.outcomes.no_proposal,
    ),
    points: chosen.numbers.points?.total ?? null,
    channels: countBars(frame.t.outcome.channels, channels, received, frame).filter(({ count }) => count > 0),
    received,
    admitted,
    endorsements,
    rows: rows.slice(0, pageSize).map((row) => ({
      ...row,
      number: row.position + 1,
      corrected: correctedOn(row),
      clause: nameIn(scope, row.clause, frame.t.clause.wholeDraft),
      concern: concernIn(consultation.slug, concernOf(row)),
      href: row.clause === wholeDraft ? null : `/consultations/${consultation.slug}/clauses/${row.clause}`,
    })),
    next: last ? `${address}?edition=${chosen.edition}&after=${last.position}` : null,
  }
}

function concernIn(slug: string, id: string | null): string | null {
  return id && `/consultations/${slug}/concerns/${id}`
}

/** The position after which a page of the table goes on; −1 is the start. */
function after(value: unknown): number {
  return typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : -1
}

function shown(
  { edition, publishedAt, note, retractedAt }: Edition,
  address: string,
  chosen: Edition,
): ShownEdition {
  return {
    number: edition,
    time: shanghaiMinute(publishedAt),
    note,
    retractedAt: retractedAt && shanghaiMinute(retractedAt),
    href: `${address}?edition=${edition}`,
    current: edition === chosen.edition,
  }
}

/** The report's paragraphs; one that opens with 一、 has its first line as heading. */
function paragraphsOf(report: string): { heading: string | null; lines: string[] }[] {
  return report.split(/\n{2,}/).map((paragraph) => {
    const [first = '', ...rest] = paragraph.split('\n')
    return /^[一二三四五六七八九十]+、/.test(first)
      ? { heading: first, lines: rest }
      : { heading: null, lines: [first, ...rest] }
  })
}
