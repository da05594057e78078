import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  askForBrief,
  type Brief,
  briefDays,
  briefSection,
  findBrief,
  newestBrief,
} from '../../../db/queries/briefs/briefs.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { weightiestConcerns } from '../../../db/queries/points/concern-pages.ts'
import { type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { type BriefSection, type SectionKey, theWhole } from '../../rules/briefs/brief.ts'
import { briefForm, type TypedBriefDay } from '../../rules/briefs/brief-form.ts'
import { type Day, isDay, shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { channelNames, identityNames, nameOf, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { briefAddress } from './brief-address.ts'
import { type ShownSection, shownSection } from './shown-section.ts'
import { type ShownWhole, shownWhole } from './shown-whole.ts'

/** A brief that is asked for and not made yet, or made anew. */
export interface Making {
  address: string
  day: Day
  done: number
  total: number
}

interface BriefPage {
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
  /** When the one on the page was made; null where there is none of this day. */
  madeAt: string | null
  /** Comments that have been admitted since it was made; of today's alone. */
  since: number
  section: ShownSection | null
  whole: ShownWhole | null
  origins: { title: string; line: string }[]
  concerns: { sentence: string; count: number; href: string }[]
  mayWrite: boolean
  typed: TypedBriefDay
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/briefs/brief': BriefPage
    'office/briefs/_making': { making: Making | null; address: string }
  }
}

const mostConcerns = 10

/**
 * GET /office/:slug/brief, ?day= as of another day than the newest, ?clause= or ?theme= of a part: what was said, in
 * quotations that stand for most of it. POST asks for it as of a day; it is made in the background.
 */
export function brief(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/brief', async (request, reply) => {
    const { consultation } = request
    if (!request.headers['hx-request'])
      return reply.page('office/briefs/brief', await briefPage(deps, request, field(request.query, 'day')))
    // htmx asks for the part that changes.
    const day = field(request.query, 'day') ?? ''
    const making = makingOf(consultation, await findBrief(db, consultation.id, day))
    return reply.page('office/briefs/_making', {
      making,
      address: briefAddress(consultation.slug, day, theWhole),
    })
  })

  app.post('/brief', async (request, reply) => {
    const { consultation, body } = request
    const { typed, values, errors } = briefForm(firstDay(consultation), today(deps)).sent(body)
    if (!values) {
      const page = await briefPage(deps, request, null)
      return reply.code(422).page('office/briefs/brief', { ...page, typed, errors })
    }
    await askForBrief(db, consultation.id, values.day, actOf(request, deps))
    return reply.redirect(briefAddress(consultation.slug, values.day, theWhole), 303)
  })
}

async function briefPage(
  deps: Dependencies,
  request: FastifyRequest,
  asked: string | null,
): Promise<BriefPage> {
  const { db } = deps
  const { consultation, query } = request
  const { id, slug } = consultation
  const [clauses, themes, days] = await Promise.all([
    orderedClauses(db, id),
    themesOf(db, id),
    briefDays(db, id),
  ])
  const part = partAsked(query, clauses, themes)
  const now = today(deps)
  const day = asked && isDay(asked) && asked <= now ? asked : ((await newestBrief(db, id, now))?.day ?? now)
  const found = await findBrief(db, id, day)
  const said = found?.madeAt ? await briefSection(db, id, day, part) : null
  const [section, concerns, since] = await Promise.all([
    said && shownSection(db, consultation, { day, part, said }),
    weightiestConcerns(db, id, filterOf(part), mostConcerns),
    said && day === now && part.kind === 'whole' ? admittedSince(deps, consultation, said) : 0,
  ])
  return {
    ...{
      consultation,
      address: `/office/${slug}/brief`,
      day,
      today: now,
      first: firstDay(consultation),
      part,
    },
    days: days.filter((one) => one !== day).map((one) => ({ day: one, href: briefAddress(slug, one, part) })),
    partName: nameOfPart(part, clauses, themes),
    clauses: [[wholeDraft, wholeDraftName], ...clauses.map(({ key, name }): [string, string] => [key, name])],
    themes: themes.map(({ id, name }) => [id, name]),
    making: makingOf(consultation, found),
    madeAt: found?.madeAt ? shanghaiMinute(found.madeAt) : null,
    ...{ since, section },
    whole: said && part.kind === 'whole' ? shownWhole(consultation, clauses, day, said) : null,
    origins: said ? originsOf(said) : [],
    concerns: concerns.map(({ id, sentence, count }) => ({
      ...{ sentence, count, href: `/office/${slug}/concerns/${id}` },
    })),
    mayWrite: mayWrite(request),
    typed: { day },
    errors: [],
  }
}

function today({ now }: Dependencies): Day {
  return shanghaiDay(now())
}

function firstDay({ opensAt }: Consultation): Day {
  return shanghaiDay(opensAt)
}

/** The clause or theme that an address asks for; the whole where it asks for none that there is. */
function partAsked(
  query: unknown,
  clauses: readonly OrderedClause[],
  themes: readonly CountedTheme[],
): SectionKey {
  const [clause, theme] = [field(query, 'clause'), field(query, 'theme')]
  if (clause === wholeDraft || clauses.some(({ key }) => key === clause))
    return { kind: 'clause', key: clause ?? '' }
  if (themes.some(({ id }) => id === theme)) return { kind: 'theme', key: theme ?? '' }
  return theWhole
}

function nameOfPart(
  { kind, key }: SectionKey,
  clauses: readonly OrderedClause[],
  themes: readonly CountedTheme[],
): string {
  if (kind === 'clause') return clauses.find((clause) => clause.key === key)?.name ?? wholeDraftName
  return kind === 'theme' ? `主题“${themes.find(({ id }) => id === key)?.name ?? ''}”` : '全部意见'
}

function filterOf({ kind, key }: SectionKey): { clause: string | null; theme: string | null } {
  return { clause: kind === 'clause' ? key : null, theme: kind === 'theme' ? key : null }
}

function makingOf({ slug }: Consultation, brief: Brief | null): Making | null {
  if (!brief?.askedAt) return null
  const { day, done, total } = brief
  return { address: briefAddress(slug, day, theWhole), day, done, total }
}

async function admittedSince(
  { db }: Dependencies,
  { id }: Consultation,
  { counts }: BriefSection,
): Promise<number> {
  const cells = await countCells(db, id)
  const admitted = cells.filter(({ state }) => admittedStates.some((one) => one === state))
  return Math.max(0, admitted.reduce((sum, { count }) => sum + count, 0) - counts.comments)
}

const shownOrigins = 12

function originsOf({ regions, channels, identities }: BriefSection): BriefPage['origins'] {
  const line = (rows: readonly [string, number][], name: (key: string) => string) => {
    const shown = rows.slice(0, shownOrigins).map(([key, count]) => `${name(key)} ${count}`)
    const rest = rows.slice(shownOrigins).reduce((sum, [, count]) => sum + count, 0)
    return [...shown, ...(rest > 0 ? [`其他 ${rest}`] : [])].join('，')
  }
  return [
    { title: '来自', line: line(regions, (region) => region || '未填写地区') },
    { title: '渠道', line: line(channels, (channel) => nameOf(channelNames, channel)) },
    { title: '身份', line: line(identities, (identity) => nameOf(identityNames, identity)) },
  ].filter((origin) => origin.line !== '')
}
