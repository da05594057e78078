import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Asking, PersonField, Region } from '../../db/schema/index.ts'
import type { Dependencies } from '../dependencies.ts'
import { makeFormToken } from '../rules/form-token.ts'
import { wholeDraft } from '../rules/names.ts'
import {
  type FieldError,
  readTyped,
  type TypedComment,
  type TypedSubmission,
} from '../rules/submission-form.ts'
import { type Frame, frameOf } from './frame.ts'
import { clauseOf, clausesOf, nameIn, publicScope, type Scope } from './scope.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

interface FormPart {
  typed: TypedComment
  /** What its clause is called. */
  name: string
  /** null for the whole draft, and for a key that no clause has. */
  clause: ShownClause | null
}

export interface FormPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  state: string
  token: string
  typed: TypedSubmission
  parts: FormPart[]
  regions: Region[]
  /** What the consultation asks about the person. */
  asks: Record<PersonField, Asking>
  /** The id of the element of a field, by the field's HTML name. */
  id: (field: string) => string
  /** Messages by the field's HTML name, and the same in the order of the form for the summary. */
  messages: Map<string, string>
  errors: FieldError[]
  /** Why a form with nothing wrong in it has come back; null where it has not. */
  notice: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/comment-form': FormPage
    'public/_comment-form': FormPage
  }
}

/** The way to say something on a clause: a page, or for htmx the form alone, which opens under its clause. */
export async function commentForm(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const show = async (request: FastifyRequest, slug: string, key: string) => {
    const scope = await publicScope(deps, slug)
    if (key !== wholeDraft) clauseOf(scope, key)
    const typed = readTyped({ comments: [{ clause: key }] })
    typed.comments.push({ clause: key, stance: '', body: '', proposal: '', wording: '', quote: '' })
    return formPage(deps, scope, typed, await frameOf(request, deps))
  }

  app.get<{ Params: { slug: string; clause: string } }>(
    '/consultations/:slug/clauses/:clause/comments/new',
    async (request, reply) => {
      const page = await show(request, request.params.slug, request.params.clause)
      reply.header('cache-control', 'no-store')
      const isFragment = request.headers['hx-request'] === 'true'
      return reply.page(isFragment ? 'public/_comment-form' : 'public/comment-form', page)
    },
  )

  app.get<{ Params: { slug: string } }>('/consultations/:slug/comments/new', async (request, reply) => {
    const page = await show(request, request.params.slug, wholeDraft)
    return reply.header('cache-control', 'no-store').page('public/comment-form', page)
  })
}

const everythingOptional: Record<PersonField, Asking> = {
  name: 'optional',
  identity: 'optional',
  organisation: 'optional',
  region: 'optional',
  contact: 'optional',
}

/** The form with what has been typed, and a fresh token. */
export function formPage(
  { seals, now }: Pick<Dependencies, 'seals' | 'now'>,
  scope: Scope,
  typed: TypedSubmission,
  frame: Frame,
  { errors = [], notice = null }: { errors?: FieldError[]; notice?: string | null } = {},
): FormPage {
  const { consultation, round, state } = scope
  const clauses = new Map(clausesOf(scope).map((clause) => [clause.key, clause]))
  return {
    frame,
    title: `${frame.t.form.title} · ${round.title}`,
    slug: consultation.slug,
    draftTitle: round.title,
    state,
    token: makeFormToken({ openedAt: now().getTime(), key: randomUUID() }, (value) =>
      seals.hash('form token', value),
    ),
    typed,
    parts: typed.comments.map((comment) => {
      const clause = clauses.get(comment.clause)
      return {
        typed: comment,
        name: nameIn(scope, comment.clause, frame.t.clause.wholeDraft),
        clause: clause ? shownClause(scope, clause) : null,
      }
    }),
    regions: consultation.regions,
    asks: consultation.personFields ?? everythingOptional,
    id: (field) => `${typed.comments[0]?.clause ?? ''}-${field.replace(/\W+/g, '-').replace(/-$/, '')}`,
    messages: new Map([...errors].reverse().map(({ field, message }) => [field, message])),
    errors,
    notice,
  }
}
