import type { FastifyInstance, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { tagComments, untagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme, type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { type TypedTheme, themeForm } from '../../rules/themes/theme-form.ts'
import { ruleInWords } from '../../rules/themes/theme-rule.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { nothingPicked, pickedComments } from '../answers/response-target.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { unlessTaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'
import { pointsByTheme, sum } from '../points/counted-points.ts'
import { pointsAddress } from '../points/points-address.ts'

interface ThemesPage {
  consultation: Consultation
  address: string
  themes: (CountedTheme & {
    rule: string | null
    clauseName: string | null
    reading: string
    /** 具体意见 of what was admitted, and where they are listed. */
    points: { count: number; href: string }
  })[]
  mayWrite: boolean
  clauses: [key: string, name: string][]
  typed: TypedTheme
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/themes': ThemesPage
  }
}

/**
 * /office/:slug/themes: each theme with its rule and how many comments are under it; a new one leads on to what its rule
 * finds. …/tagging puts the comments that were ticked in the reading under a theme, …/untagging takes them out of it.
 */
export function themes(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/themes', async (request, reply) =>
    reply.page(
      'office/themes/themes',
      await themesPage(deps, request, await orderedClauses(db, request.consultation.id)),
    ),
  )

  app.post('/themes', async (request, reply) => {
    const { consultation } = request
    const id = uuid()
    const clauses = await orderedClauses(db, consultation.id)
    const { typed, values, errors } = themeForm(clauses).sent(request.body)
    const problems = values
      ? await unlessTaken(
          addTheme(db, consultation.id, { id, ...values }, actOf(request, deps)),
          nameTaken(values.name),
        )
      : errors
    if (problems.length === 0) return reply.redirect(`/office/${consultation.slug}/themes/${id}`, 303)
    const page = await themesPage(deps, request, clauses)
    return reply.code(422).page('office/themes/themes', { ...page, typed, errors: problems })
  })

  app.post('/themes/tagging', async (request, reply) => {
    const { consultation } = request
    const { theme, picked } = await chosen(deps, request, 'into')
    await tagComments(db, consultation.id, theme, picked, actOf(request, deps))
    return reply.redirect(readingAddress(consultation.slug, { theme }), 303)
  })

  app.post('/themes/untagging', async (request, reply) => {
    const { consultation } = request
    const { theme, picked } = await chosen(deps, request, 'from')
    await untagComments(db, consultation.id, theme, picked, actOf(request, deps))
    return reply.redirect(readingAddress(consultation.slug, { theme }), 303)
  })
}

export function nameTaken(name: string): FieldError {
  return { field: 'name', message: `已经有名为“${name}”的主题` }
}

/** The comments that were ticked, and the id of the theme in this field of the form. @throws PageError 404, 422 */
async function chosen({ db }: Dependencies, { body, consultation }: FastifyRequest, field: string) {
  const id = typedText(body, field)
  const theme = (await themesOf(db, consultation.id)).find((one) => one.id === id)
  const picked = pickedComments(body)
  if (!theme) throw notFound()
  if (picked.length === 0) throw nothingPicked()
  return { theme: theme.id, picked }
}

async function themesPage(
  { db }: Dependencies,
  request: FastifyRequest,
  clauses: readonly OrderedClause[],
): Promise<ThemesPage> {
  const { consultation } = request
  const { id, slug } = consultation
  const [themes, points] = await Promise.all([themesOf(db, id), pointsByTheme(db, id)])
  return {
    consultation,
    address: `/office/${slug}/themes`,
    themes: themes.map((theme) => ({
      ...theme,
      rule: ruleInWords(theme.words),
      clauseName: clauses.find(({ key }) => key === theme.clause)?.name ?? null,
      reading: readingAddress(slug, { theme: theme.id }),
      points: {
        count: sum(points.filter(({ of }) => of === theme.id)),
        href: pointsAddress(slug, { theme: theme.id }),
      },
    })),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => [key, name]),
    typed: themeForm(clauses).blank,
    errors: [],
  }
}
