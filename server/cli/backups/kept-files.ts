import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFolders, temporaryEnding } from '../../documents/files/file-store.ts'
import { headFiles } from '../../jobs/chain-head.ts'
import type { BackupFolder } from './backup-folder.ts'
import type { BackedUpFile } from './manifest.ts'

/** Where the chains ended; in a backup it must not be newer than the database. */
export const heads: readonly string[] = Object.values(headFiles)

/** The paths of all files that are kept under a folder, whether a row speaks of them or not. */
export async function keptPaths(folder: string): Promise<string[]> {
  const paths: string[] = []
  for (const name of fileFolders) {
    const files = await readdir(join(folder, name)).catch(noneWhereMissing)
    paths.push(...files.filter((file) => !file.endsWith(temporaryEnding)).map((file) => `${name}/${file}`))
  }
  return paths
}

/** Copies these files. @returns those that were there: what no row speaks of may be swept away meanwhile */
export async function copyFiles(
  dataDir: string,
  paths: readonly string[],
  backup: BackupFolder,
): Promise<BackedUpFile[]> {
  const copied: BackedUpFile[] = []
  for (const path of paths) {
    const file = await opened(join(dataDir, path))
    if (file) copied.push({ path, ...(await backup.write(path, file.createReadStream())) })
  }
  return copied
}

async function opened(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (Object(error).code === 'ENOENT') return null
    throw error
  }
}

function noneWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
