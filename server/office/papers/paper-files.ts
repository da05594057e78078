import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { logTaken } from '../../../db/queries/papers/jobs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { type Header, PaperUnavailable } from '../../documents/papers/paper-request.ts'
import { findPaper, mediaTypes } from '../../documents/papers/papers.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import type { ReadingFilters } from '../../rules/comments/reading-filters.ts'
import { type PaperScope, paperFileName, readScope } from '../../rules/papers/scopes.ts'
import { filtersOf } from '../comments/reading-address.ts'
import { paperReader } from './paper-readers.ts'

/** GET /office/:slug/papers/:kind.:format, ?scope=public|internal (internal), ?header=zh|en (zh), and a reading's filters. */
export function paperFiles(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { file: string } }>('/papers/:file', (request, reply) => {
    const [kind = '', format = ''] = request.params.file.split('.')
    return sendPaper(deps, request, reply, kind, format)
  })
}

/** Makes a paper as an address asks for it and sends it; that somebody took it away stands in the log. */
export async function sendPaper(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: string,
  format: string,
): Promise<FastifyReply> {
  const { db, seals, config, now } = deps
  const { consultation } = request
  const scope = scopeOf(request.query)
  paperReader(request, scope)
  if (scope === 'personal') throw reasonNeeded()
  const found = findPaper(kind, format, scope)
  if (!found) throw notFound()
  const places = await clausePlaces(db, consultation.id)
  const file = await found
    .make({
      db,
      seals,
      consultation,
      places,
      scope,
      filters: paperFilters(places, request.query),
      header: headerOf(request.query),
      origin: originOf(deps, request),
      dataDir: config.dataDir,
      now: now(),
      read: () => {},
      marked: () => {},
    })
    .catch(unavailable)
  await logTaken(db, consultation.id, { kind, format, scope, reason: null }, actOf(request, deps))
  const name = paperFileName({ paper: found.paper.name, scope, slug: consultation.slug, format }, now())
  return reply
    .type(mediaTypes[format] ?? 'application/octet-stream')
    .header('content-disposition', disposition(name))
    .send(file)
}

function unavailable(error: unknown): never {
  if (!(error instanceof PaperUnavailable)) throw error
  throw new PageError(409, 'paper_unavailable', '这份文件现在还不能生成', error.message)
}

const reasonNeeded = () =>
  new PageError(
    403,
    'reason_needed',
    '含个人信息的文件要先写明事由',
    '请在“文件导出”页面最下面写明事由后生成。',
  )

/** The comments that an address or a form asks for. @param places the clauses that there are, by their keys */
export function paperFilters(places: ReadonlyMap<string, unknown>, asked: unknown): ReadingFilters {
  return filtersOf(
    asked,
    [...places.keys()].map((key) => ({ key })),
  )
}

export function originOf({ config }: Dependencies, request: FastifyRequest): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`
}

/** The scope that an address or a form asks for; `internal` where it asks for none that there is. */
export function scopeOf(asked: unknown): PaperScope {
  return readScope(Reflect.get(Object(asked), 'scope')) ?? 'internal'
}

export function headerOf(asked: unknown): Header {
  return Reflect.get(Object(asked), 'header') === 'en' ? 'en' : 'zh'
}

/** RFC 6266, with the name in RFC 8187's encoding. */
export function disposition(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
}
