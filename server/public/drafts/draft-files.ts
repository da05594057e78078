import type { FastifyInstance } from 'fastify'
import { findRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import { writeDraftAkn } from '../../documents/drafts/draft-akn.ts'
import { writeDraftDocx } from '../../documents/drafts/draft-docx.ts'
import { writeDraftText } from '../../documents/drafts/draft-text.ts'
import { notFound } from '../../plugins/page-error.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { type FileKind, keptFile } from '../download-headers.ts'
import { type Scope, type Seen, seenConsultation, seenKey, withRound } from '../scope.ts'

interface Asked {
  Params: { slug: string }
  Querystring: { round?: unknown }
}

/** The draft as a file: the newest published round, or ?round=N; and the newest for programs. */
export function draftFiles(app: FastifyInstance, deps: Dependencies): void {
  for (const kind of ['txt', 'docx', 'akn.xml'] as const) {
    app.get<Asked>(`/consultations/:slug/draft.${kind}`, async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const round = await roundAsked(deps, seen, request.query.round)
      const name = `${round.title || seen.consultation.slug}-第${round.number}稿`
      const key = [seenKey(seen, deps.now()), round.number]
      return keptFile(reply, key, async () => write(kind, deps, seen, round), kind, name)
    })
  }

  app.get<{ Params: { slug: string } }>('/consultations/:slug/draft.json', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    return reply.keptPage(
      seenKey(seen, deps.now()),
      async () => JSON.stringify(asJson(await withRound(deps, seen))),
      'application/json; charset=utf-8',
    )
  })
}

/** @throws PageError 404 where the address names a round that is not published */
async function roundAsked(deps: Dependencies, seen: Seen, asked: unknown): Promise<Scope['round']> {
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

/** Title, labels and texts joined are the document. */
function asJson({ consultation, round }: Scope) {
  return {
    consultation: consultation.slug,
    round: round.number,
    title: round.title,
    units: round.units.map(({ key, kind, level, label, citation, heading, text }) => {
      return { key, kind, level, label, citation, heading, text }
    }),
    artefacts: round.artefacts.map(({ text, reason }) => ({ text, reason })),
  }
}
