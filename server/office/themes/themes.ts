import type { FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { tagComments, untagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme, type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { typedText } from '../../rules/typed.ts'
import { nothingPicked, pickedComments } from '../answers/response-target.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { consultationOf, mayWrite } from '../consultation.ts'
import { readTheme, refusedName, type TypedTheme, typedTheme } from './theme-form.ts'

interface ThemesPage {
  consultation: Consultation
  address: string
  themes: (CountedTheme & { clauseName: string | null; reading: string })[]
  mayWrite: boolean
  clauses: { key: string; name: string }[]
  typed: TypedTheme
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/themes': ThemesPage
  }
}

/** GET /office/:slug/themes: each theme with its rule and how many comments are under it. */
export function themesPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/themes/themes', await pageOf(deps, request))
}

/** POST /office/:slug/themes, and on to what its rule finds. */
export function newTheme(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db, now } = deps
    const id = uuid()
    const page = await pageOf(deps, request)
    const typed = typedTheme(request.body)
    const { theme, errors } = readTheme(typed, page.clauses)
    const problems = theme
      ? await refusedName(theme.name, () =>
          addTheme(db, page.consultation.id, { id, ...theme }, memberOf(request).id, now()),
        )
      : errors
    if (problems.length === 0) return reply.redirect(`${page.address}/${id}`, 303)
    return reply.code(422).page('office/themes/themes', { ...page, typed, errors: problems })
  }
}

/** POST /office/:slug/themes/tagging: puts the comments that were ticked in the reading under a theme. */
export function themeTagging({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, picked } = await chosen(db, request, 'into')
    await tagComments(db, consultation.id, theme.id, picked, memberOf(request).id, now())
    return reply.redirect(readingAddress(consultation.slug, { theme: theme.id }), 303)
  }
}

/** POST /office/:slug/themes/untagging: takes the comments that were ticked out of the theme that is being read. */
export function themeUntagging({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, picked } = await chosen(db, request, 'from')
    await untagComments(db, consultation.id, theme.id, picked, memberOf(request).id, now())
    return reply.redirect(readingAddress(consultation.slug, { theme: theme.id }), 303)
  }
}

async function chosen(db: Dependencies['db'], request: FastifyRequest, field: string) {
  const consultation = consultationOf(request)
  const id = typedText(request.body, field)
  const theme = (await themesOf(db, consultation.id)).find((one) => one.id === id)
  const picked = pickedComments(request.body)
  if (!theme) throw notFound()
  if (picked.length === 0) throw nothingPicked()
  return { consultation, theme, picked }
}

async function pageOf({ db }: Dependencies, request: FastifyRequest): Promise<ThemesPage> {
  const consultation = consultationOf(request)
  const { id, slug } = consultation
  const [themes, clauses] = await Promise.all([themesOf(db, id), orderedClauses(db, id)])
  return {
    consultation,
    address: `/office/${slug}/themes`,
    themes: themes.map((theme) => ({
      ...theme,
      clauseName: clauses.find(({ key }) => key === theme.clause)?.name ?? null,
      reading: readingAddress(slug, { theme: theme.id }),
    })),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: '', words: '', clause: '' },
    errors: [],
  }
}
