import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { consultationById } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { commentsCsv } from '../../documents/papers/comments/comment-files.ts'
import { commentsJson } from '../../documents/papers/comments/comment-json.ts'
import { commentsJsonLd } from '../../documents/papers/comments/comment-jsonld.ts'
import type { PaperRequest } from '../../documents/papers/paper-request.ts'
import { notFound } from '../../plugins/page-error.ts'
import { everything } from '../../rules/comments/reading-filters.ts'
import { type FileKind, sendFile } from '../download-headers.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Seen, seenConsultation, seenKey } from '../scope.ts'
import { withListing } from '../search-engines.ts'

const files = { csv: commentsCsv, json: commentsJson, jsonld: commentsJsonLd } as const satisfies Partial<
  Record<FileKind, (request: PaperRequest) => Promise<Readable>>
>

/**
 * The published comments as a file, from when the pages show them: CSV (Chinese heads, with ?lang=en identifiers), JSON and
 * Web Annotations. It is read from the database as it is sent, so that its length costs no memory.
 */
export function commentFiles(app: FastifyInstance, deps: Dependencies): void {
  for (const kind of ['csv', 'json', 'jsonld'] as const) {
    app.get<{ Params: { slug: string } }>(
      `/consultations/:slug/comments.${kind}`,
      { config: { limit: 'download' } },
      async (request, reply) => {
        const seen = await seenConsultation(deps, request.params.slug)
        const frame = await frameOf(request, deps)
        const etag = versionOf(kind, seen, frame, deps.now())
        withListing(reply, frame).header('etag', etag)
        if (request.headers['if-none-match'] === etag) return reply.code(304).send()
        // Whoever asks for the head alone makes nobody read a million comments.
        const isHead = request.method === 'HEAD'
        const content = isHead ? Readable.from([]) : await files[kind](await paperFor(deps, seen, frame))
        return sendFile(reply, content, kind, `${seen.consultation.title}-公开的意见`)
      },
    )
  }
}

async function paperFor(
  { db, seals, config, now }: Dependencies,
  seen: Seen,
  frame: Frame,
): Promise<PaperRequest> {
  const consultation = await consultationById(db, seen.consultation.id)
  if (!consultation) throw notFound()
  const header = frame.display.lang
  return {
    db,
    seals,
    consultation,
    places: await clausePlaces(db, consultation.id),
    scope: 'public',
    filters: everything,
    header,
    now: now(),
    origin: frame.origin,
    dataDir: config.dataDir,
    read: () => {},
    marked: () => {},
  }
}

/** Weak: the same comments, whatever their bytes. It changes with everything that the public can see. */
function versionOf(kind: string, seen: Seen, frame: Frame, now: Date): string {
  const key = JSON.stringify([kind, seenKey(seen, now), frameKey(frame)])
  return `W/"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`
}
