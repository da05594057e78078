import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
  'akn.xml': 'application/akn+xml; charset=utf-8',
} as const
export type FileKind = keyof typeof types

/** Sends a file as it is made, to be saved under a Chinese name. */
export function sendFile(reply: FastifyReply, content: Readable, kind: FileKind, name: string): FastifyReply {
  return toBeSaved(reply, kind, name)
    .type(types[kind])
    .header('cache-control', 'public, max-age=0, s-maxage=10')
    .send(content)
}

/** Sends a file that is one person's. */
export function sendOwnFile(
  reply: FastifyReply,
  content: Buffer,
  kind: FileKind,
  name: string,
): FastifyReply {
  return toBeSaved(reply, kind, name).type(types[kind]).header('cache-control', 'no-store').send(content)
}

/** Sends a file that is made once for each key, since Word files take their time and say when they were made. */
export function keptFile(
  reply: FastifyReply,
  key: readonly unknown[],
  make: () => Promise<Buffer | string>,
  kind: FileKind,
  name: string,
): Promise<FastifyReply> {
  return toBeSaved(reply, kind, name).keptPage(key, make, types[kind])
}

function toBeSaved(reply: FastifyReply, kind: FileKind, name: string): FastifyReply {
  return reply.header(
    'content-disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${kind}`)}`,
  )
}
