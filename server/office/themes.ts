import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import {
  acceptProposed,
  addTheme,
  type CountedTheme,
  countProposed,
  mergeThemes,
  tagComments,
  themesOf,
} from '../../db/queries/themes.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { type FieldError, isUnstorable, textProblem, typedText } from '../rules/typed.ts'
import { consultationOf } from './consultation.ts'
import { pickedComments } from './response-target.ts'

interface ThemesPage {
  consultation: Consultation
  address: string
  themes: (CountedTheme & { clauseName: string | null; proposed: number; reading: string })[]
  clauses: { key: string; name: string }[]
  typed: { name: string; words: string; clause: string }
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/themes': ThemesPage
  }
}

/** GET /office/:slug/themes: each theme, with what is under it and what its rule proposes. */
export function themesPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/themes', await pageOf(deps, consultationOf(request)))
}

/** POST /office/:slug/themes */
export function newTheme(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const consultation = consultationOf(request)
    const page = await pageOf(deps, consultation)
    const typed = {
      name: typedText(request.body, 'name'),
      words: typedText(request.body, 'words'),
      clause: typedText(request.body, 'clause'),
    }
    const problem =
      textProblem(typed.name, { name: '主题名称', required: true, most: 40 }) ?? wordsProblem(typed.words)
    const taken = problem ?? (await added(deps, request, page, typed))
    if (taken)
      return reply
        .code(422)
        .page('office/themes', { ...page, typed, errors: [{ field: 'name', message: taken }] })
    return reply.redirect(page.address, 303)
  }
}

function wordsProblem(words: string): string | null {
  return textProblem(words, { name: '关键词', most: 400 })
}

async function added(
  { db, now }: Dependencies,
  request: FastifyRequest,
  { consultation, clauses }: ThemesPage,
  { name, words, clause }: ThemesPage['typed'],
): Promise<string | null> {
  const theme = {
    name,
    words: words.split(/[\s,，、;；]+/).filter((word) => word !== ''),
    clause: clauses.some(({ key }) => key === clause) ? clause : null,
  }
  try {
    await addTheme(db, consultation.id, theme, memberOf(request).id, now())
    return null
  } catch (error) {
    if (error instanceof Refused) return `已经有名为“${name}”的主题`
    throw error
  }
}

/** POST /office/:slug/themes/:theme/acceptance: puts all that its rule proposes under it. */
export function themeAcceptance(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, address } = await named(deps, request)
    await acceptProposed(deps.db, consultation.id, theme, memberOf(request).id, deps.now())
    return reply.redirect(address, 303)
  }
}

/** POST /office/:slug/themes/:theme/merger: moves its comments under another and removes it. */
export function themeMerger(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, theme, themes, address } = await named(deps, request)
    const into = themes.find(({ id }) => id === typedText(request.body, 'into'))
    if (!into || into.id === theme.id) throw notFound()
    await mergeThemes(deps.db, consultation.id, theme.id, into.id, memberOf(request).id, deps.now())
    return reply.redirect(address, 303)
  }
}

/** POST /office/:slug/themes/tagging: puts the comments that were ticked in the reading under a theme. */
export function themeTagging(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { db } = deps
    const consultation = consultationOf(request)
    const theme = (await themesOf(db, consultation.id)).find(
      ({ id }) => id === typedText(request.body, 'into'),
    )
    const picked = pickedComments(request.body)
    if (!theme) throw notFound()
    if (picked.length > 0) await tagComments(db, consultation.id, theme.id, picked)
    return reply.redirect(`/office/${consultation.slug}/comments?theme=${theme.id}`, 303)
  }
}

async function named({ db }: Dependencies, request: FastifyRequest) {
  const consultation = consultationOf(request)
  const id: unknown = Reflect.get(Object(request.params), 'theme')
  const themes = await themesOf(db, consultation.id)
  const theme = typeof id === 'string' && !isUnstorable(id) ? themes.find((one) => one.id === id) : undefined
  if (!theme) throw notFound()
  return { consultation, theme, themes, address: `/office/${consultation.slug}/themes` }
}

async function pageOf({ db }: Dependencies, consultation: Consultation): Promise<ThemesPage> {
  const { id, slug } = consultation
  const [themes, clauses] = await Promise.all([themesOf(db, id), orderedClauses(db, id)])
  const shown = themes.map(async (theme) => ({
    ...theme,
    clauseName: clauses.find(({ key }) => key === theme.clause)?.name ?? null,
    proposed: await countProposed(db, id, theme),
    reading: `/office/${slug}/comments?theme=${theme.id}`,
  }))
  return {
    consultation,
    address: `/office/${slug}/themes`,
    themes: await Promise.all(shown),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: '', words: '', clause: '' },
    errors: [],
  }
}
