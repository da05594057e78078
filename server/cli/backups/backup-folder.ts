import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DamagedBackupFile, decrypted, encrypted } from './encryption.ts'
import type { Measured } from './manifest.ts'

/** How the name of an encrypted file ends. */
export const encryptedEnding = '.encrypted'

/** The files of a backup, each encrypted where there is a key. */
export class BackupFolder {
  readonly #folder: string
  readonly #key: Buffer | null

  constructor(folder: string, key: Buffer | null) {
    this.#folder = folder
    this.#key = key
  }

  async write(path: string, content: AsyncIterable<Buffer>): Promise<Measured> {
    const { measured, result } = measuring()
    const plain = measured(content)
    const stored = this.#key ? encrypted(plain, this.#key, path) : plain
    const file = this.#pathOf(path)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await pipeline(Readable.from(stored), createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }))
    return result()
  }

  /** What was written. @throws OtherBackupKey, DamagedBackupFile, or an error of the system's where it is missing */
  read(path: string): AsyncGenerator<Buffer> {
    const stored: AsyncIterable<Buffer> = createReadStream(this.#pathOf(path))
    return this.#key ? decrypted(stored, this.#key, path) : passedOn(stored)
  }

  /** What was written and is still the same at its end. @throws as above */
  async *proved(path: string, { bytes, sha256 }: Measured): AsyncGenerator<Buffer> {
    const { measured, result } = measuring()
    yield* measured(this.read(path))
    const found = result()
    if (found.sha256 !== sha256 || found.bytes !== bytes) throw new DamagedBackupFile()
  }

  async remove(path: string): Promise<void> {
    await rm(this.#pathOf(path))
  }

  #pathOf(path: string): string {
    return join(this.#folder, this.#key ? path + encryptedEnding : path)
  }
}

async function* passedOn(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* content
}

function measuring() {
  const hash = createHash('sha256')
  let bytes = 0
  async function* measured(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  return { measured, result: (): Measured => ({ bytes, sha256: hash.digest('hex') }) }
}
