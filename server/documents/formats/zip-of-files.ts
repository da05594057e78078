import { createHash } from 'node:crypto'
import { PassThrough, pipeline, type Readable, Transform } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { type PaperRequest, PaperUnavailable } from '../papers/paper-request.ts'

/** A file on its way into an archive. */
export interface Part {
  name: string
  make: (request: PaperRequest) => Promise<Readable>
}

/** A file that is in an archive. */
interface Written {
  name: string
  bytes: number
  sha256: string
  /** How many characters the file could not carry and shows as marks (␀). */
  marks: number
}

/** What came of the parts: the files, and why those are missing that could not be made. */
export interface Packed {
  files: Written[]
  left: string[]
}

/**
 * The parts as one ZIP, one after the other, so that memory holds no more than one's buffers.
 * @param last makes the files that stand at its end, from what came of the parts
 */
export function zipOfFiles(
  request: PaperRequest,
  parts: Iterable<Part> | AsyncIterable<Part>,
  last: (packed: Packed) => Promise<{ name: string; data: Buffer }[]>,
): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  zip.on('error', (error: Error) => out.destroy(error))
  pipeline(zip.outputStream, out, () => {})
  const packAll = async () => {
    const packed: Packed = { files: [], left: [] }
    for await (const part of parts) {
      try {
        packed.files.push(await pack(zip, part, request, out))
      } catch (error) {
        if (!(error instanceof PaperUnavailable)) throw error
        packed.left.push(`${part.name}：${error.message}`)
      }
    }
    for (const { name, data } of await last(packed)) zip.addBuffer(data, name)
    zip.end()
  }
  packAll().catch((error: Error) => out.destroy(error))
  return out
}

async function pack(
  zip: ZipFile,
  { name, make }: Part,
  request: PaperRequest,
  out: PassThrough,
): Promise<Written> {
  let marks = 0
  const marked = (count: number) => {
    marks += count
  }
  const file = await make({ ...request, marked })
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
  return { name, bytes, sha256: hash.digest('hex'), marks }
}
