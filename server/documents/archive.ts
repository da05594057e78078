import { createHash } from 'node:crypto'
import { PassThrough, pipeline, type Readable, Transform } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { countCells } from '../../db/queries/aggregates.ts'
import { countEndorsements } from '../../db/queries/endorsements.ts'
import { endorsedStates } from '../rules/endorsements.ts'
import { reconcile } from '../rules/equation.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { TooManyAnnotations } from './draft-paper.ts'
import { countsOf } from './outcome-figures.ts'
import type { PaperRequest } from './paper-request.ts'

interface Part {
  name: string
  make: (request: PaperRequest) => Promise<Readable>
}

interface Written {
  name: string
  bytes: number
  sha256: string
}

/**
 * Everything as one ZIP: each paper, and last `manifest.json` with what was filtered, the counts by state, channel and
 * clause, the equation that reconciles them, the endorsements counted apart from it, and each file's size and SHA-256.
 */
export async function writeArchive(request: PaperRequest, parts: Part[]): Promise<Readable> {
  const zip = new ZipFile()
  const out = new PassThrough()
  zip.on('error', (error: Error) => out.destroy(error))
  pipeline(zip.outputStream, out, () => {})
  addAll(zip, request, parts, out).catch((error: Error) => out.destroy(error))
  return out
}

async function addAll(zip: ZipFile, request: PaperRequest, parts: Part[], out: PassThrough): Promise<void> {
  const written: Written[] = []
  const left: string[] = []
  for (const { name, make } of parts) {
    try {
      written.push(await add(zip, name, await make(request), out))
    } catch (error) {
      if (!(error instanceof TooManyAnnotations)) throw error
      left.push(`${name}：${error.message}`)
    }
  }
  const manifest = await manifestOf(request, written, left)
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json')
  zip.end()
}

/** One file after the other, so that memory holds no more than one's buffers. */
async function add(zip: ZipFile, name: string, file: Readable, out: PassThrough): Promise<Written> {
  const hash = createHash('sha256')
  let bytes = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const stop = () => file.destroy(new Error('the reader of the archive has left'))
  out.once('close', stop)
  pipeline(file, measured, () => {})
  zip.addReadStream(measured, name)
  await finished(measured)
  out.off('close', stop)
  return { name, bytes, sha256: hash.digest('hex') }
}

async function manifestOf({ db, consultation, scope, now }: PaperRequest, files: Written[], left: string[]) {
  const [counts, cells, endorsements] = await Promise.all([
    countsOf(db, consultation.id),
    countCells(db, consultation.id),
    countEndorsements(db, consultation.id, endorsedStates[scope]),
  ])
  const { received, terms, holds } = reconcile(counts.received, cells)
  const clauses: Record<string, number> = {}
  for (const { clause, count } of cells) clauses[clause] = (clauses[clause] ?? 0) + count
  return {
    consultation: consultation.slug,
    title: consultation.title,
    scope,
    filters: scope === 'public' ? { state: 'published' } : {},
    made_at: now.toISOString(),
    made_at_shanghai: shanghaiMinute(now),
    equation: {
      received,
      ...Object.fromEntries(terms.map(({ state, count }) => [state, count])),
      holds,
      text: `${received} = ${terms.map(({ name, count }) => `${name} ${count}`).join(' + ')}`,
    },
    counts: {
      state: counts.states,
      channel: counts.channels,
      late: counts.late,
      clause: clauses,
      outcome: counts.outcomes,
    },
    endorsements,
    files,
    left_out: left,
  }
}
