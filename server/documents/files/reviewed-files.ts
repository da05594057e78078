import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Seals } from '../../../db/sealing/sealed.ts'
import { openSealedFile, sealFile } from '../../../db/sealing/sealed-files.ts'
import type { Received } from './file-store.ts'

/** So many are held at a time, for forms that may never be sent; what is beyond has to be chosen again. */
const mostHeld = 300
/** So long: whoever goes to lunch finds them again. */
export const heldFor = 24 * 60 * 60 * 1000

/** Files of forms that have come back or are reviewed and were not sent yet: sealed, in DATA_DIR/reviewed/<id>, in no backup. */
export class ReviewedFiles {
  readonly #folder: string
  readonly #seals: Seals

  constructor(dataDir: string, seals: Seals) {
    this.#folder = join(dataDir, 'reviewed')
    this.#seals = seals
  }

  /** Holds a file that has come in. @returns its id; null where too many are held already, or where it has been taken away meanwhile */
  async hold({ path }: Pick<Received, 'path'>): Promise<string | null> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    if ((await this.#names()).length >= mostHeld) return null
    const id = randomUUID()
    const sealed = createWriteStream(join(this.#folder, id), { mode: 0o600, flags: 'wx', flush: true })
    try {
      await pipeline(createReadStream(path), sealFile(this.#seals, id), sealed)
      return id
    } catch (error) {
      await this.remove(id)
      if (Object(error).code === 'ENOENT') return null
      throw error
    }
  }

  /** What it holds; null where it is gone. */
  async open(id: string): Promise<Readable | null> {
    const opened = await openSealedFile(this.#seals, id, join(this.#folder, id))
    return opened?.content ?? null
  }

  /** Whether it is held. */
  async has(id: string): Promise<boolean> {
    return stat(join(this.#folder, id)).then(
      () => true,
      () => false,
    )
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { force: true })
  }

  /** Those that have been held long enough. */
  async over(now: Date): Promise<string[]> {
    const over: string[] = []
    for (const name of await this.#names()) {
      const { mtimeMs } = await stat(join(this.#folder, name)).catch(() => ({ mtimeMs: now.getTime() }))
      if (now.getTime() - mtimeMs > heldFor) over.push(name)
    }
    return over
  }

  #names(): Promise<string[]> {
    return readdir(this.#folder).catch(() => [])
  }
}
