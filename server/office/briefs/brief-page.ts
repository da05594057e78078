import type { FastifyRequest } from 'fastify'
import {
  type Brief,
  briefDays,
  briefSection,
  findBrief,
  newestBrief,
} from '../../../db/queries/briefs/briefs.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { weightiestConcerns } from '../../../db/queries/points/concern-pages.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writtenAgo } from '../../rules/ago.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { type BriefSection, type SectionKey, theWhole } from '../../rules/briefs/brief.ts'
import type { TypedBriefDay } from '../../rules/briefs/brief-form.ts'
import { originsOf } from '../../rules/briefs/origins.ts'
import { type Day, isDay, shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { briefAddress } from './brief-address.ts'
import { filterOf, nameOfPart, partAsked } from './brief-part.ts'
import { type ShownSection, shownSection } from './shown-section.ts'
import { type ShownWhole, shownWhole } from './shown-whole.ts'

/** A brief that is asked for and not made yet, or made anew. */
export interface Making {
  address: string
  day: Day
  done: number
  total: number
}

export interface BriefPage {
  consultation: Consultation
  address: string
  day: Day
  today: Day
  first: Day
  /** Other days of which there is one. */
  days: { day: Day; href: string }[]
  part: SectionKey
  partName: string
  clauses: [key: string, name: string][]
  themes: [id: string, name: string][]
  making: Making | null
  /** When the one on the page was made, and how long ago that is; null where there is none of this day. */
  made: { at: string; ago: string } | null
  /** Comments that have been admitted since it was made; of the newest alone. */
  since: number
  section: ShownSection | null
  whole: ShownWhole | null
  origins: { title: string; line: string }[]
  concerns: { sentence: string; count: number; href: string }[]
  mayWrite: boolean
  typed: TypedBriefDay
  errors: FieldError[]
}

const mostConcerns = 10

/** The page of a brief. @param asked as of which day; null for the newest that there is */
export async function briefPage(
  { db, now }: Dependencies,
  request: FastifyRequest,
  asked: string | null,
): Promise<BriefPage> {
  const { consultation, query } = request
  const { id, slug } = consultation
  const today = shanghaiDay(now())
  const [clauses, themes, days, newest] = await Promise.all([
    orderedClauses(db, id),
    themesOf(db, id),
    briefDays(db, id),
    newestBrief(db, id, today),
  ])
  const part = partAsked(query, clauses, themes)
  const day = asked && isDay(asked) && asked <= today ? asked : (newest?.day ?? today)
  const found = day === newest?.day ? newest : await findBrief(db, id, day)
  const said = found?.madeAt ? await briefSection(db, id, day, part) : null
  const isNewest = day === newest?.day && part.kind === 'whole'
  const [section, concerns, since] = await Promise.all([
    said && shownSection(db, consultation, { day, part, said }),
    weightiestConcerns(db, id, filterOf(part), mostConcerns),
    said && isNewest ? admittedSince(db, id, said) : 0,
  ])
  return {
    ...{ consultation, day, today, part, since, section },
    ...{ address: `/office/${slug}/brief`, first: shanghaiDay(consultation.opensAt) },
    days: days.filter((one) => one !== day).map((one) => ({ day: one, href: briefAddress(slug, one, part) })),
    partName: nameOfPart(part, clauses, themes),
    clauses: [[wholeDraft, wholeDraftName], ...clauses.map(({ key, name }): [string, string] => [key, name])],
    themes: themes.map(({ id, name }) => [id, name]),
    making: makingOf(consultation, found),
    made: found?.madeAt ? { at: shanghaiMinute(found.madeAt), ago: writtenAgo(found.madeAt, now()) } : null,
    whole: said && part.kind === 'whole' ? shownWhole(consultation, clauses, day, said) : null,
    origins: said ? originsOf(said, consultation.regions).map(lineOf) : [],
    concerns: concerns.map(({ id, sentence, count }) => ({
      ...{ sentence, count, href: `/office/${slug}/concerns/${id}` },
    })),
    mayWrite: mayWrite(request),
    typed: { day },
    errors: [],
  }
}

function lineOf({ title, counts }: ReturnType<typeof originsOf>[number]) {
  return { title, line: counts.map(([name, count]) => `${name} ${count}`).join('，') }
}

/** How far one in the making has come; null where none is being made. */
export function makingOf({ slug }: Consultation, brief: Brief | null): Making | null {
  if (!brief?.askedAt) return null
  const { day, done, total } = brief
  return { address: briefAddress(slug, day, theWhole), day, done, total }
}

async function admittedSince(
  db: Dependencies['db'],
  consultationId: string,
  { counts }: BriefSection,
): Promise<number> {
  const cells = await countCells(db, consultationId)
  const admitted = cells.filter(({ state }) => admittedStates.some((one) => one === state))
  return Math.max(0, admitted.reduce((sum, { count }) => sum + count, 0) - counts.comments)
}
