import { createWriteStream } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Seals } from '../../../db/sealing/sealed.ts'
import { isSealedAnew, openSealedFile, sealFile } from '../../../db/sealing/sealed-files.ts'

/** Seals anew the papers that are ready and are not sealed with the key that is used now; each is there at every moment. */
export async function resealPapers(seals: Seals, dataDir: string): Promise<{ done: number; broken: number }> {
  const folder = join(dataDir, 'papers')
  const result = { done: 0, broken: 0 }
  for (const name of await namesIn(folder)) {
    if (/\.(part|resealed)$/.test(name) || (await isSealedAnew(seals, join(folder, name))) !== false) continue
    // One that was made again has its time behind the id, by which alone it is sealed.
    const [id = ''] = name.split('.')
    if (await reseal(seals, id, join(folder, name))) result.done += 1
    else result.broken += 1
  }
  return result
}

/** @returns whether it could be opened */
async function reseal(seals: Seals, id: string, path: string): Promise<boolean> {
  const anew = `${path}.resealed`
  try {
    const opened = await openSealedFile(seals, id, path)
    if (!opened) return false
    await pipeline(opened.content, sealFile(seals, id), createWriteStream(anew, { mode: 0o600, flush: true }))
    await rename(anew, path)
    return true
  } catch (error) {
    // What the cipher refuses has no code of the system's.
    if (Object(error).syscall) throw error
    return false
  } finally {
    await rm(anew, { force: true })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (Object(error).code === 'ENOENT') return []
    throw error
  }
}
