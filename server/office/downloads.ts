import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Member } from '../../db/queries/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Header, Scope } from '../documents/comment-table.ts'
import { TooManyAnnotations } from '../documents/draft-paper.ts'
import { findPaper, mediaTypes } from '../documents/papers.ts'
import { notFound, PageError } from '../plugins/page-error.ts'
import { memberWith } from '../plugins/roles.ts'
import { paperFileName } from '../rules/paper-names.ts'
import { consultationOf } from './consultation.ts'

/** GET /office/:slug/papers/:kind.:format, ?scope=public|internal (internal), ?header=zh|en (zh). */
export function paperDownload(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const [kind = '', format = ''] = String(Reflect.get(Object(request.params), 'file')).split('.')
    return sendPaper(deps, request, reply, kind, format)
  }
}

/** GET /office/:slug/comments.csv and .xlsx: the same, under the address that scripts know. */
export function commentsDownload(deps: Dependencies, format: 'csv' | 'xlsx') {
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendPaper(deps, request, reply, 'comments', format)
}

async function sendPaper(
  { db, seals, config, now }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: string,
  format: string,
): Promise<FastifyReply> {
  const consultation = consultationOf(request)
  paperReader(request)
  const scope = scopeOf(request.query)
  const found = findPaper(kind, format, scope)
  if (!found) throw notFound()
  const origin = config.publicUrl ?? `${request.protocol}://${request.host}`
  const header = headerOf(request.query)
  try {
    const file = await found.make({
      db,
      seals,
      consultation,
      scope,
      header,
      now: now(),
      origin,
      read: () => {},
    })
    return reply
      .type(mediaTypes[format] ?? 'application/octet-stream')
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        disposition(paperFileName(found.paper.name, scope, consultation.slug, now(), format)),
      )
      .send(file)
  } catch (error) {
    if (!(error instanceof TooManyAnnotations)) throw error
    throw new PageError(409, 'too_many_annotations', '意见太多，批注稿放不下', '请改用意见汇总表。')
  }
}

/** Papers are for the office and the auditor; a department reads its clauses on the pages. @throws PageError 403 */
export function paperReader(request: FastifyRequest): Member {
  return memberWith(request, consultationOf(request).id, 'drafter', 'approver', 'auditor')
}

export function scopeOf(query: unknown): Scope {
  return Reflect.get(Object(query), 'scope') === 'public' ? 'public' : 'internal'
}

export function headerOf(query: unknown): Header {
  return Reflect.get(Object(query), 'header') === 'en' ? 'en' : 'zh'
}

/** RFC 6266, with the name in RFC 8187's encoding. */
export function disposition(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
}
