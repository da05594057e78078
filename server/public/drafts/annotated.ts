import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import { publishedCounts } from '../../../db/queries/comments/published-counts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type PublicationPlace, writtenPlace } from '../../rules/comments/publication-places.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { wholeDraft } from '../../rules/names.ts'
import { type ShownComment, shownComment } from '../comments/shown-comment.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import { withListing } from '../search-engines.ts'
import { readAfter } from './clause.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

interface AnnotatedUnit {
  kind: string
  level: number
  id: string
  shown: ShownClause
  comments: ShownComment[]
}

interface AnnotatedPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  organ: string
  /** The day in Shanghai on which it stood so. */
  day: string
  units: AnnotatedUnit[]
  currentRound: number
  isFirstSheet: boolean
  /** Where the next sheet goes on; null on the last. */
  next: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/drafts/annotated': AnnotatedPage
  }
}

/** As many as fill some forty pages of paper. */
const sheetSize = 300

/** GET /consultations/:slug/annotated: the draft with what was said of each clause below it, to print; in sheets. */
export function annotated(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string }; Querystring: { from?: unknown; after?: unknown } }>(
    '/consultations/:slug/annotated',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps, ['from', 'after'])
      const start = { from: readKey(request.query.from), after: readAfter(request.query.after) }
      return withListing(reply, frame).keptPage(
        [seenKey(seen, deps.now()), start, frameKey(frame)],
        async () =>
          app.page(
            'public/drafts/annotated',
            await annotatedPage(deps, await withRound(deps, seen), start, frame),
          ),
      )
    },
  )
}

interface Start {
  /** The clause on which the sheet begins; null or unknown: the first. */
  from: string | null
  after: PublicationPlace | undefined
}

function readKey(value: unknown): string | null {
  return typeof value === 'string' && /^(?:draft|(?:r\d{1,3})?p\d{1,5})$/.test(value) ? value : null
}

async function annotatedPage(
  deps: Dependencies,
  scope: Scope,
  start: Start,
  frame: Frame,
): Promise<AnnotatedPage> {
  const { consultation, round } = scope
  const all = unitsOf(scope, frame)
  const first = Math.max(
    all.findIndex(({ shown }) => shown.key !== null && shown.key === start.from),
    0,
  )
  const { units, next } = await withComments(
    deps,
    scope,
    all.slice(first),
    first > 0 ? start.after : undefined,
  )
  const address = `/consultations/${consultation.slug}/annotated`
  return {
    frame,
    title: `${frame.t.annotated.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    organ: consultation.organ,
    day: shanghaiDay(deps.now()),
    units,
    currentRound: round.number,
    isFirstSheet: first === 0,
    next: next && frame.href(`${address}?${new URLSearchParams(next)}`),
  }
}

/** The draft's units, then the clauses that later rounds dropped, then the draft as a whole. */
function unitsOf(scope: Scope, { t }: Frame): AnnotatedUnit[] {
  const bare = { label: '', heading: null, rest: '', cells: null }
  const apart = [
    ...scope.dropped.map(({ key, name, text }) => ({ ...bare, key, name, rest: text })),
    { ...bare, key: wholeDraft, name: t.clause.wholeDraft },
  ]
  return [
    ...scope.round.units.map((unit) => {
      const { kind, level, key, position } = unit
      return { kind, level, id: key ?? `h${position}`, shown: shownClause(scope, unit), comments: [] }
    }),
    ...apart.map((shown) => ({ kind: 'apart', level: 1, id: shown.key, shown, comments: [] })),
  ]
}

/** As many units, with their comments, as fit a sheet, and where the next one begins. */
async function withComments(
  deps: Dependencies,
  { consultation }: Scope,
  all: AnnotatedUnit[],
  after: PublicationPlace | undefined,
): Promise<{ units: AnnotatedUnit[]; next: Record<string, string> | null }> {
  const counts = await publishedCounts(deps.db, consultation, deps.now())
  const units: AnnotatedUnit[] = []
  let room = sheetSize
  for (const [place, unit] of all.entries()) {
    const { key } = unit.shown
    if (!key || !counts.get(key)) {
      if (unit.kind !== 'apart') units.push(unit)
      continue
    }
    if (room === 0) return { units, next: { from: key } }
    const filter = { clause: key, after: place === 0 ? after : undefined }
    const page = await publishedComments(deps, consultation, filter, deps.now(), room)
    units.push({ ...unit, comments: page.comments.map((comment) => shownComment(comment)) })
    if (page.next) return { units, next: { from: key, after: writtenPlace(page.next) } }
    room -= page.comments.length
  }
  return { units, next: null }
}
