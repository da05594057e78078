import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { acceptProposed, countProposed, proposedComments } from '../../../db/queries/themes/theme-comments.ts'
import {
  type CountedTheme,
  changeTheme,
  mergeThemes,
  removeTheme,
  themesOf,
} from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { wholeDraftName } from '../../rules/names.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { lit, type Piece } from '../../text/words/lit.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { consultationOf, mayWrite } from '../consultation.ts'
import { readTheme, refusedName, type TypedTheme, typedTheme } from './theme-form.ts'

interface ThemePage {
  consultation: Consultation
  theme: CountedTheme
  address: string
  reading: string
  /** What its rule finds that is not under it yet: how many, and the first of them with its words lit. */
  proposed: { count: number; comments: { id: string; clauseName: string; pieces: Piece[] }[] }
  others: CountedTheme[]
  mayWrite: boolean
  clauses: { key: string; name: string }[]
  typed: TypedTheme
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/theme': ThemePage
  }
}

const shownProposals = 20

/** GET /office/:slug/themes/:theme: its rule, what the rule finds, and what may be done with it. */
export function themePage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/themes/theme', await pageOf(deps, request))
}

/** POST /office/:slug/themes/:theme: another name or rule. */
export function changedTheme(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const page = await pageOf(deps, request)
    const { id } = page.theme
    const typed = typedTheme(request.body)
    const { theme, errors } = readTheme(typed, page.clauses)
    const problems = theme
      ? await refusedName(theme.name, () =>
          changeTheme(db, page.consultation.id, { id, ...theme }, memberOf(request).id, now()),
        )
      : errors
    if (problems.length === 0) return reply.redirect(page.address, 303)
    return reply.code(422).page('office/themes/theme', { ...page, typed, errors: problems })
  }
}

/** POST …/acceptance: puts all that its rule finds under it. */
export function themeAcceptance({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, address } = await named(db, request)
    await acceptProposed(db, consultation.id, theme, memberOf(request).id, now())
    return reply.redirect(address, 303)
  }
}

/** POST …/merger: moves its comments under another and removes it. */
export function themeMerger({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, themes } = await named(db, request)
    const into = themes.find(({ id }) => id === typedText(request.body, 'into'))
    if (!into || into.id === theme.id) throw notFound()
    await mergeThemes(db, consultation.id, theme.id, into.id, memberOf(request).id, now())
    return reply.redirect(`/office/${consultation.slug}/themes/${into.id}`, 303)
  }
}

/** POST …/removal: its comments are under it no longer. */
export function themeRemoval({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme } = await named(db, request)
    await removeTheme(db, consultation.id, theme.id, memberOf(request).id, now())
    return reply.redirect(`/office/${consultation.slug}/themes`, 303)
  }
}

async function named(db: Dependencies['db'], request: FastifyRequest) {
  const consultation = consultationOf(request)
  const id: unknown = Reflect.get(Object(request.params), 'theme')
  const themes = await themesOf(db, consultation.id)
  const theme = themes.find((one) => one.id === id)
  if (!theme) throw notFound()
  return { consultation, theme, themes, address: `/office/${consultation.slug}/themes/${theme.id}` }
}

async function pageOf({ db }: Dependencies, request: FastifyRequest): Promise<ThemePage> {
  const { consultation, theme, themes, address } = await named(db, request)
  const [clauses, count, found] = await Promise.all([
    orderedClauses(db, consultation.id),
    countProposed(db, consultation.id, theme),
    proposedComments(db, consultation.id, theme, shownProposals),
  ])
  return {
    consultation,
    theme,
    address,
    reading: readingAddress(consultation.slug, { theme: theme.id }),
    proposed: {
      count,
      comments: found.map(({ id, clause, body }) => ({
        id,
        clauseName: clauses.find(({ key }) => key === clause)?.citation ?? wholeDraftName,
        pieces: lit(body, theme.words.join(' ')),
      })),
    },
    others: themes.filter(({ id }) => id !== theme.id),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: theme.name, words: theme.words.join('、'), clause: theme.clause ?? '' },
    errors: [],
  }
}
