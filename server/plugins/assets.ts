import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Encoded, encode, sendEncoded } from './encodings.ts'
import { notFound } from './page-error.ts'
import { styleSheets } from './style-sheets.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'static')
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What can be asked for below /static/, and the files of which it is made. */
const assetFiles = new Map<string, string[]>([
  ...Object.entries(styleSheets),
  ...readdirSync(folder)
    .filter((name) => extname(name) in types)
    .map((name): [string, string[]] => [name, [join(folder, name)]]),
  ['htmx/htmx.min.js', [join(root, 'node_modules/htmx.org/dist/htmx.min.js')]],
])

const version = versionOf([...assetFiles.values()].flat())

function versionOf(files: string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('base64url').slice(0, 8)
}

/** The address of a file of the site that a browser may keep for ever: with another content it has another address. */
export function assetAddress(name: string): string {
  return `/static/${name}?v=${version}`
}

/**
 * Styles, scripts and pictures. Where they are lasting they are joined and compressed once, at the start; else for each
 * request, so that a change shows when the page is loaded again.
 */
export async function assets(app: FastifyInstance, { lasting }: { lasting: boolean }): Promise<void> {
  const kept = new Map<string, Encoded>()
  if (lasting) for (const [name, files] of assetFiles) kept.set(name, await encodedAsset(name, files))

  app.get<{ Params: { '*': string }; Querystring: { v?: unknown } }>('/static/*', async (request, reply) => {
    const { '*': name } = request.params
    const files = assetFiles.get(name)
    if (!files) throw notFound()
    const encoded = kept.get(name) ?? (await encodedAsset(name, files))
    const isThis = lasting && request.query.v === version
    reply.header('cache-control', isThis ? 'public, max-age=31536000, immutable' : 'public, max-age=0')
    return sendEncoded(reply, encoded)
  })
}

async function encodedAsset(name: string, files: string[]): Promise<Encoded> {
  const parts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const content = parts.join('\n')
  const asSent = extname(name) === '.css' ? withoutComments(content) : importingThisVersion(content)
  return encode(Buffer.from(asSent), types[extname(name)] ?? '')
}

function withoutComments(css: string): string {
  return css.replace(/\/\*.*?\*\/\s*/gs, '')
}

/** A script that another imports may be kept for ever as well, or each page asks for a dozen of them again. */
function importingThisVersion(script: string): string {
  return script.replace(/^(import (?:.* from )?'\.\/[\w-]+\.js)'/gm, `$1?v=${version}'`)
}
