import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Encoded, encode, sendEncoded } from './encodings.ts'
import { notFound } from './page-error.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'static')
const htmx = join(root, 'node_modules/htmx.org/dist/htmx.min.js')
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const version = versionOf([...readdirSync(folder).map((name) => join(folder, name)), htmx])

function versionOf(files: string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('base64url').slice(0, 8)
}

/** The address of a file of the site that a browser may keep for ever: with another content it has another address. */
export function assetAddress(name: string): string {
  return `/static/${name}?v=${version}`
}

/** Style, script and pictures, compressed once for each time that the file changes. */
export async function assets(app: FastifyInstance, { lasting }: { lasting: boolean }): Promise<void> {
  const kept = new Map<string, { changed: number; encoded: Encoded }>()

  app.get<{ Params: { '*': string }; Querystring: { v?: unknown } }>('/static/*', async (request, reply) => {
    const { '*': name } = request.params
    const type = types[extname(name)]
    const file = fileOf(name)
    if (!file || !type) throw notFound()
    const changed = await lastChange(file)
    const known = kept.get(name)
    const encoded = known?.changed === changed ? known.encoded : await encode(await readFile(file), type)
    kept.set(name, { changed, encoded })
    const isThis = lasting && request.query.v === version
    reply.header('cache-control', isThis ? 'public, max-age=31536000, immutable' : 'public, max-age=0')
    return sendEncoded(request, reply, encoded)
  })
}

function fileOf(name: string): string | null {
  if (name === 'htmx/htmx.min.js') return htmx
  return /^[a-z][a-z-]*\.[a-z]+$/.test(name) ? join(folder, name) : null
}

async function lastChange(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    throw notFound()
  }
}
