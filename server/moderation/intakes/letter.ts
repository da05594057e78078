import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import {
  correctEntry,
  type EnteredComment,
  type Entry,
  isCorrectable,
  ownEntry,
} from '../../../db/queries/receipts/entry-corrections.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../../plugins/roles.ts'
import { within } from '../../rules/form.ts'
import { offlineChannelNames } from '../../rules/intakes/intake-form.ts'
import {
  nameOf,
  proposalNames,
  stanceNames,
  stateNames,
  wholeDraft,
  wholeDraftName,
} from '../../rules/names.ts'
import { commentForm, type TypedComment } from '../../rules/submissions/comment-form.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { quoteIn } from '../../text/words/quotes.ts'
import { rulesOf } from './intake-consultation.ts'

interface LetterPage {
  number: string
  address: string
  facts: string[]
  comments: {
    id: string
    version: number
    stateName: string
    /** It has not been decided, so that it may be put right. */
    mayCorrect: boolean
    /** What its form holds. */
    typed: TypedComment
    /** What it says by now, where that was changed since the form was opened; else null. */
    now: { label: string; text: string }[] | null
  }[]
  clauses: [key: string, name: string][]
  stances: [key: string, name: string][]
  proposals: [key: string, name: string][]
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/intakes/letter': LetterPage
  }
}

interface OfLetter {
  Params: { letter: string }
}

/**
 * /moderation/offline/letters/:letter, by its receipt's number: what whoever asks has entered themselves. POST puts right one
 * comment of it, its clause, what kind it is and slips of the pen, until somebody has decided on that.
 */
export function letter(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get<OfLetter>('/offline/letters/:letter', async (request, reply) =>
    reply.page('moderation/intakes/letter', await letterPage(await letterAsked(deps, request))),
  )

  app.post<OfLetter>('/offline/letters/:letter', { bodyLimit: 1024 * 1024 }, async (request, reply) => {
    const asked = await letterAsked(deps, request)
    const { entry, rules, round } = asked
    memberWith(request, entry.submission.consultationId, 'moderator')
    const place = entry.comments.findIndex(({ publicId }) => publicId === typedText(request.body, 'comment'))
    const comment = entry.comments[place]
    if (!comment) throw notFound()
    const form = commentForm(rules)
    const typed = form.typed(sentAt(request.body, place))
    const { values, errors } = form.read(typed)
    if (!values) {
      const page = await letterPage(asked, { place, typed, errors: within(`comments[${place}]`, errors) })
      return reply.code(422).page('moderation/intakes/letter', page)
    }
    const entered = {
      ...values,
      wording: values.proposal === 'delete' ? null : values.wording,
      quote: quoteIn(round.units.find(({ key }) => key === values.clause)?.text ?? '', values.quote),
    }
    const isSeen = typedText(request.body, 'version') === String(comment.version) && isCorrectable(comment)
    const isSaved =
      isSeen && (await doneUnless('stale', correctEntry(db, entry, comment, entered, actOf(request, deps))))
    if (isSaved) return reply.redirect(addressOf(entry), 303)
    const now = isSeen ? await letterAsked(deps, request) : asked
    return reply
      .code(409)
      .page('moderation/intakes/letter', await letterPage(now, { place, typed, errors: [] }))
  })
}

/** What the address names, of what the one who asks has entered. @throws PageError 404 */
async function letterAsked({ db }: Dependencies, request: FastifyRequest<OfLetter>) {
  const entry = await ownEntry(db, memberOf(request).id, request.params.letter)
  const consultation = entry && (await findConsultation(db, entry.slug))
  const round = consultation && (await findRound(db, consultation.id, entry.comments[0]?.round ?? 0))
  if (!entry || !consultation || !round) throw notFound()
  return { entry, round, rules: rulesOf(consultation, round) }
}

type Asked = Awaited<ReturnType<typeof letterAsked>>

function addressOf({ submission }: Entry): string {
  return `/moderation/offline/letters/${submission.receiptNumber}`
}

function sentAt(body: unknown, place: number): unknown {
  const sent: unknown = Object(body).comments
  return Array.isArray(sent) ? (sent[place] ?? sent[0]) : Object(sent)[place]
}

/** @param wrong what was typed into the form of one of its comments, and is not saved */
async function letterPage(
  { entry, round }: Asked,
  wrong: { place: number; typed: TypedComment; errors: FieldError[] } | null = null,
): Promise<LetterPage> {
  const { receiptNumber, channel, maskedName } = entry.submission
  const names = new Map([...nameClauses(round.units)].map(([key, { name }]) => [key, name]))
  names.set(wholeDraft, wholeDraftName)
  const isConflict = wrong !== null && wrong.errors.length === 0
  return {
    number: receiptNumber,
    address: addressOf(entry),
    facts: [nameOf(offlineChannelNames, channel), maskedName ?? '未署名'],
    comments: entry.comments.map((comment, place) => ({
      ...{ id: comment.publicId, version: comment.version, mayCorrect: isCorrectable(comment) },
      stateName: nameOf(stateNames, comment.state),
      typed: wrong?.place === place ? wrong.typed : asTyped(comment),
      now: isConflict && wrong.place === place ? inWords(comment, names) : null,
    })),
    clauses: [...names],
    stances: Object.entries(stanceNames),
    proposals: Object.entries(proposalNames),
    errors: wrong?.errors ?? [],
  }
}

function asTyped({ clause, stance, body, proposal, wording, quote }: EnteredComment): TypedComment {
  const texts = { proposal: proposal ?? '', wording: wording ?? '', quote: quote?.exact ?? '' }
  return { clause, stance, body, ...texts }
}

function inWords(
  { clause, stance, body, wording }: EnteredComment,
  names: ReadonlyMap<string, string>,
): { label: string; text: string }[] {
  return [
    { label: '条款', text: names.get(clause) ?? clause },
    { label: '类型', text: nameOf(stanceNames, stance) },
    { label: '意见内容', text: body },
    { label: '修改后的表述', text: wording ?? '' },
  ].filter(({ text }) => text !== '')
}
