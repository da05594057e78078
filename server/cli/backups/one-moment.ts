import { namedFiles } from '../../../db/transfer/named-files.ts'
import { openRows } from '../../../db/transfer/open-rows.ts'
import type { RowSource } from '../../../db/transfer/stored-rows.ts'
import type { Config } from '../../config.ts'
import type { BackupFolder } from './backup-folder.ts'
import { copyFiles, keptPaths } from './kept-files.ts'
import type { BackedUpFile } from './manifest.ts'

/** Somebody withdraws just then so many times in a row. */
const mostTries = 10

/** The database at one moment, and the files that its rows speak of. */
interface Moment {
  source: RowSource
  files: BackedUpFile[]
  /** How many files are lost: a row speaks of them, and they are not there. */
  lost: number
}

/**
 * A file is there before its row and goes with it. So files are copied first, and those that came meanwhile once the moment
 * of the database is held. Where one has come and gone in between, a later moment is taken, which does not know of it.
 */
export async function holdMoment(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  backup: BackupFolder,
): Promise<Moment> {
  const copied = new Map<string, BackedUpFile>()
  const copy = async (paths: string[]) => {
    for (const file of await copyFiles(dataDir, paths, backup)) copied.set(file.path, file)
  }
  await copy(await keptPaths(dataDir))
  let missingBefore: string[] = []
  for (let tries = 1; ; tries++) {
    const source = await openRows(databaseUrl)
    const named = await namedFiles(source)
    await copy([...named].filter((path) => !copied.has(path)))
    const missing = [...named].filter((path) => !copied.has(path))
    const isSettled = missing.every((path) => missingBefore.includes(path))
    if (isSettled || tries === mostTries) {
      await removeUnnamed(copied, named, backup)
      return { source, files: [...copied.values()], lost: missing.length }
    }
    await source.close()
    missingBefore = missing
  }
}

/** What was erased meanwhile must not lie in a backup, nor what no row ever spoke of. */
async function removeUnnamed(
  copied: Map<string, BackedUpFile>,
  named: Set<string>,
  backup: BackupFolder,
): Promise<void> {
  for (const path of [...copied.keys()].filter((path) => !named.has(path))) {
    await backup.remove(path)
    copied.delete(path)
  }
}
