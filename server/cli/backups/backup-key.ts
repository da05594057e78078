import { ConfigError } from '../../config-error.ts'
import { readSecretKey } from '../../secret-key.ts'

/**
 * The key with which backups are encrypted; null where the operator has set none.
 * @throws ConfigError where it is none, or the portal's own: who finds a backup with it would have both
 */
export function readBackupKey({ BACKUP_KEY }: NodeJS.ProcessEnv, secretKey: Buffer): Buffer | null {
  if (!BACKUP_KEY) return null
  const key = readSecretKey(BACKUP_KEY, 'BACKUP_KEY')
  if (key.equals(secretKey)) throw new ConfigError('BACKUP_KEY 不能与 SECRET_KEY 相同，请另外生成一个')
  return key
}
