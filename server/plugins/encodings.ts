import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'

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

/** The headers that a reply has been given so far: names and values in turn. */
export function headOf(reply: FastifyReply): readonly string[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)])
}

/** Sends it past all that Fastify does with an answer, which costs ten times as much. */
export function sendEncoded(reply: FastifyReply, encoded: Encoded, head = headOf(reply)): FastifyReply {
  writeEncoded(reply.request.raw, reply.hijack().raw, encoded, head)
  return reply
}

/**
 * Writes the form that the browser reads, or 304 where it already has it.
 * @param head the headers that do not follow from the form
 */
export function writeEncoded(
  { headers }: IncomingMessage,
  response: ServerResponse,
  encoded: Encoded,
  head: readonly string[],
): void {
  const encoding = preferred(headers['accept-encoding'])
  const { bytes, etag } = encoded[encoding]
  const { known, whole } = headsOf(encoded, encoding, head)
  if (isKnown(headers['if-none-match'], etag)) response.writeHead(304, known).end()
  else response.writeHead(200, whole).end(bytes)
}

interface Heads {
  known: string[]
  whole: string[]
}
const heads = new WeakMap<Form, { head: readonly string[]; heads: Heads }>()

/** The headers of an answer without its bytes and with them, made once for a form that is sent with the same head. */
function headsOf(encoded: Encoded, encoding: 'br' | 'gzip' | 'identity', head: readonly string[]): Heads {
  const form = encoded[encoding]
  const last = heads.get(form)
  if (last?.head === head) return last.heads
  const known = [...head, 'etag', form.etag, 'vary', 'Accept-Encoding']
  const coding = encoding === 'identity' ? [] : ['content-encoding', encoding]
  const length = String(form.bytes.length)
  const whole = [...known, ...coding, 'content-type', encoded.type, 'content-length', length]
  heads.set(form, { head, heads: { known, whole } })
  return { known, whole }
}

/** `q=0` says that an encoding is not wanted; no browser orders those that it wants. */
const wants = (['br', 'gzip'] as const).map((encoding) => ({
  encoding,
  pattern: new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?(,|$))`, 'i'),
}))

function preferred(accepted = ''): 'br' | 'gzip' | 'identity' {
  return wants.find(({ pattern }) => pattern.test(accepted))?.encoding ?? 'identity'
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined || header === etag) return header === etag
  return header.split(',').some((known) => known.trim().replace(/^W\//, '') === etag)
}
