import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

interface Form {
  bytes: Buffer
  /** Strong: a hash of these very bytes. */
  etag: string
}

/** The same content as it is, and as brotli and gzip make it smaller; made once and sent many times. */
export interface Encoded {
  type: string
  br: Form
  gzip: Form
  identity: Form
  /** What keeping it costs, in bytes. */
  size: number
}

const byBrotli = promisify(brotliCompress)
const byGzip = promisify(gzip)

export async function encode(content: Buffer, type: string): Promise<Encoded> {
  const [br, zipped] = await Promise.all([
    byBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    byGzip(content, { level: 9 }),
  ])
  const size = content.length + br.length + zipped.length
  return { type, br: formOf(br), gzip: formOf(zipped), identity: formOf(content), size }
}

function formOf(bytes: Buffer): Form {
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}

/** Sends the form that the browser reads, or 304 where it already has it. */
export function sendEncoded(request: FastifyRequest, reply: FastifyReply, encoded: Encoded): FastifyReply {
  const encoding = preferred(request.headers['accept-encoding'] ?? '')
  const { bytes, etag } = encoded[encoding]
  reply.header('etag', etag).header('vary', 'Accept-Encoding')
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.type(encoded.type).send(bytes)
}

/** `q=0` says that an encoding is not wanted; no browser orders those that it wants. */
function preferred(accepted: string): 'br' | 'gzip' | 'identity' {
  for (const encoding of ['br', 'gzip'] as const) {
    if (new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?(,|$))`, 'i').test(accepted)) return encoding
  }
  return 'identity'
}

function isKnown(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((known) => known.trim().replace(/^W\//, '') === etag) ?? false
}
