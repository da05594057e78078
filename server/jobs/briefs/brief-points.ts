import { proposedThemes, revisedBetween } from '../../../db/queries/briefs/brief-comments.ts'
import { everyComment, type ReadComment } from '../../../db/queries/comments/reading.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type AnalysedPoint, analysedPoints } from '../../../db/queries/points/analysed-points.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { everything } from '../../rules/comments/reading-filters.ts'
import { addDays, type Day, shanghaiDay, startOfDay } from '../../rules/days.ts'

/** A comment as a brief reads it. */
export interface BriefComment {
  publicId: string
  version: number
  length: number
  submission: BriefSubmission
  /** It came on the day of the brief. */
  isFresh: boolean
  /** Its author changed its words on that day. */
  isRevised: boolean
}

export interface BriefSubmission {
  at: Date
  region: string
  channel: string
  identity: string
  /** How many were present, of a meeting's minutes. */
  present: number | null
}

export interface BriefPoint {
  comment: BriefComment
  /** Where it begins in its comment, in code points. */
  start: number
  text: string
  clause: string
  stance: string
  /** Ids of themes under which a person has put it. */
  themes: string[]
  /** The id of the theme under which the portal would put it; null where a person has, or it proposes none. */
  proposed: string | null
  concern: string | null
  campaign: string | null
}

/** Some milliseconds of the database, between which everybody else gets a turn. */
const pageSize = 250

/**
 * The points of admitted comments that came until the end of a day, page by page, clause by clause in the order in which
 * they came: the same comments give the same points in the same order.
 * @param read told after each page how many comments it had
 */
export async function* briefPoints(
  { db }: Pick<Dependencies, 'db'>,
  { id }: Pick<Consultation, 'id'>,
  clauses: string[],
  day: Day,
  read: (count: number) => Promise<void>,
): AsyncGenerator<{ comments: BriefComment[]; points: BriefPoint[] }> {
  const themeIds = new Map((await themesOf(db, id)).map((theme) => [theme.name, theme.id]))
  const submissions = new Map<string, BriefSubmission>()
  for (const state of admittedStates) {
    const reading = everyComment(db, id, clauses, { ...everything, state }, 'arrival', pageSize)
    for await (const page of inPages(reading)) {
      const asOf = page.filter(({ createdAt }) => shanghaiDay(createdAt) <= day)
      yield await analysedPage({ db }, asOf, { day, themeIds, submissions })
      await read(page.length)
    }
  }
}

async function* inPages(comments: AsyncIterable<ReadComment>): AsyncGenerator<ReadComment[]> {
  let page: ReadComment[] = []
  for await (const comment of comments) {
    page.push(comment)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

async function analysedPage(
  { db }: Pick<Dependencies, 'db'>,
  page: readonly ReadComment[],
  {
    day,
    themeIds,
    submissions,
  }: { day: Day; themeIds: ReadonlyMap<string, string>; submissions: Map<string, BriefSubmission> },
): Promise<{ comments: BriefComment[]; points: BriefPoint[] }> {
  const changed = page.flatMap(({ id, version }) => (version > 1 ? [id] : []))
  const [points, proposed, revised] = await Promise.all([
    analysedPoints(db, page),
    proposedThemes(
      db,
      page.map(({ id }) => id),
    ),
    revisedBetween(db, changed, startOfDay(day), startOfDay(addDays(day, 1))),
  ])
  const comments = page.map((comment): BriefComment => {
    const { publicId, version, body, createdAt, submissionId } = comment
    const submission = submissions.get(submissionId) ?? submissionOf(comment)
    submissions.set(submissionId, submission)
    const isFresh = shanghaiDay(createdAt) === day
    return {
      publicId,
      version,
      length: [...body].length,
      submission,
      isFresh,
      isRevised: revised.has(comment.id),
    }
  })
  return {
    comments,
    points: page.flatMap(({ id, body }, place) =>
      (points.get(id) ?? []).flatMap((point) => {
        const comment = comments[place]
        return comment
          ? [pointOf(comment, [...body], point, { themeIds, proposed: proposed.get(id) ?? null })]
          : []
      }),
    ),
  }
}

function submissionOf({ createdAt: at, region, channel, identity, present }: ReadComment): BriefSubmission {
  return { at, region: region ?? '', channel, identity, present }
}

function pointOf(
  comment: BriefComment,
  characters: string[],
  { start, end, clause, stance, themes, concern, campaign }: AnalysedPoint,
  { themeIds, proposed }: { themeIds: ReadonlyMap<string, string>; proposed: string | null },
): BriefPoint {
  const under = themes.flatMap((name) => themeIds.get(name) ?? [])
  return {
    ...{ comment, start, clause, stance, campaign, themes: under },
    text: characters.slice(start, end ?? undefined).join(''),
    proposed: under.length > 0 ? null : proposed,
    concern: concern?.id ?? null,
  }
}
