import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'

/** A file that has come in and lies under a temporary name. */
export interface Received {
  path: string
  size: number
  sha256: string
}

/** How the name of a file ends that is still coming in. */
export const temporaryEnding = '.part'

/**
 * What is kept as files: what came with submissions, the files of 程序台账, explanations as they were
 * sent, and the letters of departments.
 */
export const fileFolders = ['attachments', 'procedure', 'explanations', 'replies'] as const
type FileFolder = (typeof fileFolders)[number]

/**
 * Files that were sent in: DATA_DIR/<folder>/<id>, readable by the portal alone and outside of what is served. A file
 * has its id as name only once all of it is on the disk; its row is written after that, so that a row always has its
 * file. What is left without a row, a crash's or a refused form's, takes room and harms nobody; of what citizens sent it
 * is swept.
 */
export class FileStore {
  readonly #folder: string

  constructor(dataDir: string, folder: FileFolder) {
    this.#folder = join(dataDir, folder)
  }

  /** Writes what comes in, whoever it is from, to a temporary file. Nothing stays where the stream breaks off. */
  async receive(stream: Readable): Promise<Received> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, randomUUID() + temporaryEnding)
    const { measure, measured } = measuring()
    try {
      await pipeline(stream, measure, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }))
      return { path, ...measured() }
    } catch (error) {
      await this.discard({ path })
      throw error
    }
  }

  /** Writes a file that is in memory. @returns what a row says of it */
  async write(content: Buffer, id: string): Promise<Omit<Received, 'path'>> {
    const { path, ...measures } = await this.receive(Readable.from([content]))
    await this.keep({ path }, id)
    return measures
  }

  /** Gives a received file its lasting name. */
  async keep({ path }: Pick<Received, 'path'>, id: string): Promise<void> {
    await rename(path, this.#pathOf(id))
    const folder = await open(this.#folder, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  /** Removes a received file that was not kept. */
  async discard({ path }: Pick<Received, 'path'>): Promise<void> {
    await rm(path, { force: true })
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true })
  }

  /** The file's bytes; null where it is missing. */
  async read(id: string): Promise<Readable | null> {
    try {
      return (await open(this.#pathOf(id), 'r')).createReadStream()
    } catch {
      return null
    }
  }

  /** What the file holds now; null where it is missing. */
  async measured(id: string): Promise<Omit<Received, 'path'> | null> {
    const file = await this.read(id)
    if (!file) return null
    const { measure, measured } = measuring()
    await finished(file.pipe(measure).resume())
    return measured()
  }

  /** What was last written before `time`: ids, and the temporary names of what nobody came back for. */
  async *writtenBefore(time: Date): AsyncGenerator<string> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const { mtime } = await stat(join(this.#folder, name)).catch(() => ({ mtime: time }))
      if (mtime < time) yield name
    }
  }

  #pathOf(id: string): string {
    return join(this.#folder, id)
  }
}

/** The first bytes of a file. */
export async function headOf({ path }: Pick<Received, 'path'>, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function measuring() {
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  return { measure, measured: () => ({ size, sha256: hash.digest('hex') }) }
}
