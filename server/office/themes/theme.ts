import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { acceptProposed, countProposed, proposedComments } from '../../../db/queries/themes/theme-comments.ts'
import {
  type CountedTheme,
  changeTheme,
  mergeThemes,
  removeTheme,
  themesOf,
} from '../../../db/queries/themes/themes.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { wholeDraftName } from '../../rules/names.ts'
import { type TypedTheme, themeForm } from '../../rules/themes/theme-form.ts'
import { ruleInWords, soughtBy } from '../../rules/themes/theme-rule.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { lit, type Piece } from '../../text/words/lit.ts'
import { field, readingAddress } from '../comments/reading-address.ts'
import { unlessOvertaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { nameTaken } from './themes.ts'

interface ThemePage {
  consultation: Consultation
  theme: CountedTheme
  address: string
  reading: string
  /** What its rule finds that is not under it yet: how many, and a page of them with its words lit. */
  proposed: {
    count: number
    comments: { id: string; clauseName: string; pieces: Piece[] }[]
    next: string | null
  }
  /** Its rule as it is read out; null where it has no words. */
  rule: string | null
  others: CountedTheme[]
  saved: Saved | null
  mayWrite: boolean
  clauses: [key: string, name: string][]
  typed: TypedTheme
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/theme': ThemePage
  }
}

const pageSize = 100

interface OfTheme {
  Params: { theme: string }
}

/**
 * /office/:slug/themes/:theme: its rule, what the rule finds, and what may be done with it. …/acceptance puts all that its
 * rule finds under it, …/merger moves its comments under another and removes it, …/removal leaves them under none.
 */
export function theme(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get<OfTheme>('/themes/:theme', async (request, reply) =>
    reply.page(
      'office/themes/theme',
      await themePage(
        deps,
        request,
        await themeAsked(deps, request),
        await orderedClauses(db, request.consultation.id),
      ),
    ),
  )

  app.post<OfTheme>('/themes/:theme', async (request, reply) => {
    const { consultation } = request
    const { theme: id } = request.params
    const clauses = await orderedClauses(db, consultation.id)
    const { typed, values, errors } = themeForm(clauses).sent(request.body)
    const problems = values
      ? await unlessOvertaken(
          changeTheme(db, consultation.id, { id, ...values }, actOf(request, deps)),
          nameTaken(values.name),
        )
      : errors
    if (!problems) return conflict(deps, request, reply, { kind: 'theme', row: id }, typed)
    if (problems.length === 0) return reply.redirect(addressOf(consultation, { id }), 303)
    const page = await themePage(deps, request, await themeAsked(deps, request), clauses)
    return reply.code(422).page('office/themes/theme', { ...page, typed, errors: problems })
  })

  app.post<OfTheme>('/themes/:theme/acceptance', async (request, reply) => {
    const { consultation } = request
    const { theme } = await themeAsked(deps, request)
    await acceptProposed(db, consultation.id, theme, actOf(request, deps))
    return reply.redirect(addressOf(consultation, theme), 303)
  })

  app.post<OfTheme>('/themes/:theme/merger', async (request, reply) => {
    const { consultation } = request
    const { theme, others } = await themeAsked(deps, request)
    const into = others.find(({ id }) => id === typedText(request.body, 'into'))
    if (!into) throw notFound()
    await mergeThemes(db, consultation.id, { from: theme.id, into: into.id }, actOf(request, deps))
    return reply.redirect(addressOf(consultation, into), 303)
  })

  app.post<OfTheme>('/themes/:theme/removal', async (request, reply) => {
    const { consultation } = request
    const { theme } = await themeAsked(deps, request)
    await removeTheme(db, consultation.id, theme.id, actOf(request, deps))
    return reply.redirect(`/office/${consultation.slug}/themes`, 303)
  })
}

interface AskedTheme {
  theme: CountedTheme
  others: CountedTheme[]
}

/** The theme that the address names, and the others. @throws PageError 404 */
async function themeAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfTheme>,
): Promise<AskedTheme> {
  const themes = await themesOf(db, consultation.id)
  const theme = themes.find(({ id }) => id === params.theme)
  if (!theme) throw notFound()
  return { theme, others: themes.filter((one) => one !== theme) }
}

function addressOf({ slug }: Consultation, { id }: Pick<CountedTheme, 'id'>): string {
  return `/office/${slug}/themes/${id}`
}

async function themePage(
  { db }: Dependencies,
  request: FastifyRequest,
  { theme, others }: AskedTheme,
  clauses: readonly OrderedClause[],
): Promise<ThemePage> {
  const { consultation } = request
  const versioned = { consultationId: consultation.id, kind: 'theme', row: theme.id } as const
  const [count, found, version] = await Promise.all([
    countProposed(db, consultation.id, theme),
    proposedComments(db, consultation.id, theme, {
      after: field(request.query, 'after'),
      limit: pageSize + 1,
    }),
    currentVersion(db, versioned),
  ])
  return {
    consultation,
    theme,
    address: addressOf(consultation, theme),
    reading: readingAddress(consultation.slug, { theme: theme.id }),
    proposed: {
      count,
      next:
        found.length > pageSize
          ? `${addressOf(consultation, theme)}?after=${found[pageSize - 1]?.publicId}`
          : null,
      comments: found.slice(0, pageSize).map(({ publicId: id, clause, body }) => ({
        id,
        clauseName: clauses.find(({ key }) => key === clause)?.citation ?? wholeDraftName,
        pieces: lit(body, soughtBy(theme.words)),
      })),
    },
    rule: ruleInWords(theme.words),
    others,
    saved: savedAs(consultation, versioned, version),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => [key, name]),
    typed: themeForm(clauses).given({ ...theme, revision: version?.revision ?? 0 }),
    errors: [],
  }
}
