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

/** Sends a public file to be saved under a Chinese name. */
export function sendFile(
  reply: FastifyReply,
  content: Readable | Buffer | string,
  kind: FileKind,
  name: string,
): FastifyReply {
  return reply
    .type(types[kind])
    .header('cache-control', 'public, max-age=0, s-maxage=10')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${kind}`)}`)
    .send(content)
}
