import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Sends a file that is to be saved under a Chinese name (RFC 6266, RFC 8187), and kept by no cache. */
export function saveAs(
  reply: FastifyReply,
  { name, type, content }: { name: string; type: string; content: Readable | Buffer },
): FastifyReply {
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}
