import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writeDraftAkn } from '../../documents/drafts/draft-akn.ts'
import { writeDraftDocx } from '../../documents/drafts/draft-docx.ts'
import { writeDraftText } from '../../documents/drafts/draft-text.ts'
import { sendExplanation } from '../../plugins/explanation-reply.ts'
import { notFound } from '../../plugins/page-error.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { type FileKind, keptFile } from '../download-headers.ts'
import { publicScope, type Scope, type Seen, seenConsultation, seenKey, withRound } from '../scope.ts'

/** The draft as a file: the newest published round, or ?round=N. */
export async function downloads(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const file = (kind: FileKind) =>
    app.get<{ Params: { slug: string } }>(
      `/consultations/:slug/draft.${kind}`,
      async (request: FastifyRequest<{ Params: { slug: string } }>, reply: FastifyReply) => {
        const seen = await seenConsultation(deps, request.params.slug)
        const round = await roundOf(deps, seen, request.query)
        const name = `${round.title || seen.consultation.slug}-第${round.number}稿`
        const key = [seenKey(seen, deps.now()), round.number]
        return keptFile(reply, key, async () => write(kind, deps, seen, round), kind, name)
      },
    )
  file('txt')
  file('docx')
  file('akn.xml')

  app.get<{ Params: { slug: string } }>('/consultations/:slug/explanation', async (request, reply) => {
    const { consultation } = await publicScope(deps, request.params.slug)
    reply.header('cache-control', 'public, max-age=0, s-maxage=10')
    return sendExplanation(deps, reply, consultation)
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
