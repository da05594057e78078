import { evidencing } from '../db/evidence/evidencing.ts'
import { openDatabase } from '../db/open.ts'
import { currentKey } from '../db/queries/transparency/signing-keys.ts'
import { adoptKey } from '../db/queries/upkeep/seal-check.ts'
import { createSeals } from '../db/sealing/sealed.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { Dependencies } from './dependencies.ts'
import { TextThread } from './jobs/text-thread.ts'

/** Said wherever the key is another than the one with which the database was sealed. */
export const wrongKey =
  '密钥不是这个数据库所用的那一个：请把 SECRET_KEY（没有设置的，是 DATA_DIR 里的 secret-key 文件）换回原来的；更换过密钥的，换成新的'

/**
 * Opens the database, with the key that belongs to it.
 * @throws ConfigError where the key is another
 */
export async function openPortal(config: Config): Promise<Dependencies> {
  const db = await openDatabase({ url: config.databaseUrl, pool: config.pool })
  const seals = createSeals(config.secretKey, config.otherKeys)
  try {
    if (!(await adoptKey(db, seals))) throw new ConfigError(wrongKey)
    // Before anybody sends something: a public page on which it appeared then would tell when.
    await currentKey(db, seals, new Date())
  } catch (error) {
    await db.close()
    throw error
  }
  return {
    config,
    db: evidencing(db, seals),
    seals,
    texts: new TextThread(),
    now: () => new Date(),
  }
}
