import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findRound, type RoundWithUnits } from '../../db/queries/rounds.ts'
import { draftOf } from '../../db/queries/units.ts'
import type { Dependencies } from '../dependencies.ts'
import { writeDraftAkn } from '../documents/draft-akn.ts'
import { writeDraftDocx } from '../documents/draft-docx.ts'
import { writeDraftText } from '../documents/draft-text.ts'
import { writeFeedbackForm } from '../documents/feedback-form.ts'
import { notFound } from '../plugins/page-error.ts'
import { writtenDay } from '../rules/days.ts'
import { shanghaiDay } from '../rules/shanghai.ts'
import { type FileKind, sendFile } from './download-headers.ts'
import { type Scope, type Seen, seenConsultation, withRound } from './scope.ts'

/** The draft as a file: the newest published round, or ?round=N; and the blank 意见反馈表 of the newest. */
export async function downloads(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const file = (kind: FileKind) =>
    app.get<{ Params: { slug: string } }>(
      `/consultations/:slug/draft.${kind}`,
      async (request: FastifyRequest<{ Params: { slug: string } }>, reply: FastifyReply) => {
        const seen = await seenConsultation(deps, request.params.slug)
        const round = await roundOf(deps, seen, request.query)
        const name = `${round.title || seen.consultation.slug}-第${round.number}稿`
        return sendFile(reply, await write(kind, deps, seen, round), kind, name)
      },
    )
  file('txt')
  file('docx')
  file('akn.xml')

  app.get<{ Params: { slug: string } }>('/consultations/:slug/feedback-form.docx', async (request, reply) => {
    const { consultation, round } = await withRound(deps, await seenConsultation(deps, request.params.slug))
    const closes = writtenDay(shanghaiDay(consultation.closesAt))
    const facts = { title: round.title, organ: consultation.organ, closes }
    const form = await writeFeedbackForm(facts, draftOf(round, round.units).units)
    return sendFile(reply, form, 'docx', `${round.title || consultation.slug}-意见反馈表`)
  })
}

/** @throws PageError 404 where the address names a round that is not published */
async function roundOf(deps: Dependencies, seen: Seen, query: unknown): Promise<Scope['round']> {
  const asked: unknown = Reflect.get(Object(query), 'round')
  if (asked === undefined) return (await withRound(deps, seen)).round
  const valid = typeof asked === 'string' && /^[1-9]\d{0,2}$/.test(asked)
  const round = valid ? await findRound(deps.db, seen.consultation.id, Number(asked)) : null
  if (!round?.publishedAt) throw notFound()
  return round
}

async function write(
  kind: FileKind,
  { db }: Dependencies,
  { consultation: { id, slug, organ, opensAt } }: Seen,
  round: RoundWithUnits,
): Promise<Buffer | string> {
  const draft = draftOf(round, round.units)
  if (kind === 'txt') return writeDraftText(draft)
  if (kind === 'docx') return writeDraftDocx(draft)
  const first = round.number === 1 ? null : await findRound(db, id, 1)
  const { number, title, publishedAt } = round
  const issuedOn = shanghaiDay(publishedAt ?? opensAt)
  const facts = { slug, title, organ, round: number, openedOn: shanghaiDay(opensAt), issuedOn }
  return writeDraftAkn(facts, draft.units, first && draftOf(first, first.units).units)
}
