import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Where the files of 程序台账 lie, by their ids. */
export const procedureFolder = 'procedure'

const place = (dataDir: string, id: string) => join(dataDir, procedureFolder, id)

/** Writes a file whole and to the disk, or not at all. */
export async function keepProcedureFile(dataDir: string, id: string, content: Buffer): Promise<void> {
  await mkdir(join(dataDir, procedureFolder), { recursive: true, mode: 0o700 })
  const unfinished = `${place(dataDir, id)}.part`
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, place(dataDir, id))
}

/** The file as it was sent; reading one that is gone fails with ENOENT. */
export function procedureFile(dataDir: string, id: string): Readable {
  return createReadStream(place(dataDir, id))
}

export async function dropProcedureFile(dataDir: string, id: string): Promise<void> {
  await rm(place(dataDir, id), { force: true })
}
