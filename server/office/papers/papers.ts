import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { jobsOf } from '../../../db/queries/papers/jobs.ts'
import { themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ClausePlace, clausePlaces } from '../../documents/papers/clause-places.ts'
import { papers as everyPaper, type Paper } from '../../documents/papers/papers.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { identityNames, nameOf, stanceNames, stateNames } from '../../rules/names.ts'
import { personalPaperForm, type TypedPersonalPaper } from '../../rules/papers/personal-paper-form.ts'
import { type PaperScope, scopeNames } from '../../rules/papers/scopes.ts'
import type { FieldError } from '../../rules/typed.ts'
import { answeredNames } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { paperFilters } from './paper-files.ts'
import { mayNamePersons, paperReader } from './paper-readers.ts'
import { type ShownJob, shownJob } from './shown-job.ts'

interface ListedFile {
  format: string
  label: string
  /** Where it is had at once; null where it takes long and is made as a job. */
  href: string | null
}

interface ListedPaper {
  kind: string
  name: string
  about: string
  scopes: { scope: PaperScope; name: string; files: ListedFile[] }[]
}

interface PapersPage {
  consultation: Consultation
  papers: ListedPaper[]
  /** Whether whoever reads the page may order what is made as a job. */
  mayWrite: boolean
  jobs: ShownJob[]
  /** What the comments are narrowed to, in words; empty where they are not. */
  narrowed: string[]
  filters: [name: string, value: string][]
  /** The papers in which persons may be named, as 种类.格式; null for whoever may not have them. */
  personal: [paper: string, name: string][] | null
  typed: TypedPersonalPaper
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/papers/papers': PapersPage
  }
}

/** More comments than these, and a file is made beside the serving, not in it. */
const mostAtOnce = 5000

/** GET /office/:slug/papers, with a reading's filters: every file that can be taken away. */
export function papers(app: FastifyInstance, deps: Dependencies): void {
  app.get('/papers', async (request, reply) =>
    reply.page('office/papers/papers', await papersPage(deps, request, request.query)),
  )
}

/** @param asked where the filters stand: an address's query or a form */
export async function papersPage(
  deps: Dependencies,
  request: FastifyRequest,
  asked: unknown,
): Promise<PapersPage> {
  const { db } = deps
  const { consultation } = request
  const member = paperReader(request, 'internal')
  const [cells, jobs, places] = await Promise.all([
    countCells(db, consultation.id),
    jobsOf(db, consultation.id),
    clausePlaces(db, consultation.id),
  ])
  const filters = paperFilters(places, asked)
  const received = cells.reduce((sum, { count }) => sum + count, 0)
  const chosen = Object.entries(filters).filter((filter): filter is [string, string] => filter[1] !== null)
  const listing = { slug: consultation.slug, isShort: received <= mostAtOnce, chosen }
  return {
    consultation,
    mayWrite: mayWrite(request),
    papers: everyPaper
      .filter(({ of }) => of === 'comments' || chosen.length === 0)
      .map((paper) => listed(paper, listing)),
    jobs: jobs.map((job) => shownJob(consultation, job)),
    narrowed: await inWords(deps, consultation, places, filters),
    filters: chosen,
    personal: mayNamePersons(member, consultation.id) ? personalPapers() : null,
    typed: personalPaperForm([]).blank,
    errors: [],
  }
}

function listed(
  { kind, name, about, scopes, formats }: Paper,
  { slug, isShort, chosen }: { slug: string; isShort: boolean; chosen: [string, string][] },
): ListedPaper {
  const address = (format: string, scope: string) =>
    `/office/${slug}/papers/${kind}.${format}?${new URLSearchParams([['scope', scope], ...chosen])}`
  return {
    kind,
    name,
    about,
    scopes: scopes
      .filter((scope) => scope !== 'personal')
      .map((scope) => ({
        scope,
        name: scopeNames[scope],
        files: Object.keys(formats).map((format) => ({
          format,
          label: format.toUpperCase(),
          href: isShort && format !== 'zip' ? address(format, scope) : null,
        })),
      })),
  }
}

/** The papers in which persons may be named: 种类.格式 and what that is called. */
export function personalPapers(): [paper: string, name: string][] {
  return everyPaper
    .filter(({ scopes }) => scopes.includes('personal'))
    .flatMap(({ kind, name, formats }) =>
      Object.keys(formats).map((format): [string, string] => [
        `${kind}.${format}`,
        `${name}（${format.toUpperCase()}）`,
      ]),
    )
}

async function inWords(
  { db }: Dependencies,
  { id }: Consultation,
  places: ReadonlyMap<string, ClausePlace>,
  filters: ReadingFilters,
): Promise<string[]> {
  const themes = await themesOf(db, id)
  const { clause, stance, state, identity, region, theme, answered } = filters
  return [
    clause && (places.get(clause)?.citation ?? clause),
    stance && nameOf(stanceNames, stance),
    state && nameOf(stateNames, state),
    identity && nameOf(identityNames, identity),
    region,
    theme && (themes.find((one) => one.id === theme)?.name ?? theme),
    answered && nameOf(answeredNames, answered),
  ].filter((word) => word !== null)
}
