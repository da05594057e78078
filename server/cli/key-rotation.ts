import { forgetOlder, type Resealed, resealed, turnTo } from '../../db/queries/upkeep/key-rotation.ts'
import { refusedAs } from '../../db/refused.ts'
import { type SealingKey, sealingKey } from '../../db/sealing/sealing-key.ts'
import type { Config } from '../config.ts'
import type { Dependencies } from '../dependencies.ts'
import { resealPapers } from '../documents/files/resealed-papers.ts'
import { keepNextSecretKey, nextSecretKey } from '../secret-key.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'

/**
 * Makes another key the portal's while it serves. Each step may be the last one of this process: whoever runs it again goes
 * on with what is left. The key before is forgotten once nothing is sealed with it any more.
 */
export async function rotateKey(deps: Dependencies, { stdout, stderr }: Terminal): Promise<void> {
  const { db, seals, config, now } = deps
  const act = () => ({ staffId: null, now: now() })
  if (!seals.older) {
    const next = nextKey(config, seals.key)
    if (next.id !== seals.key.id) await turnTo(db, seals, next, act()).catch(refusedAs(elsewhere))
  }
  stdout.write(`密钥 ${seals.key.id} 已启用，正在用它重新加密\n`)
  let result: Resealed = { done: 0, broken: 0 }
  for await (const soFar of resealed(db, seals)) result = soFar
  const papers = await resealPapers(seals, config.dataDir)
  const all = { done: result.done + papers.done, broken: result.broken + papers.broken }
  if (seals.older) await forgetOlder(db, seals, all, act()).catch(refusedAs(elsewhere))
  if (config.keepsKey) keepNextSecretKey(config.dataDir)
  if (all.broken > 0) stderr.write(`${all.broken} 处密文用现有的密钥都打不开，原样留着\n`)
  stdout.write(`现在全部用密钥 ${seals.key.id} 加密，本次重新加密 ${all.done} 处。${afterwards(config)}\n`)
}

const elsewhere = () => new CommandError('另一个命令也在更换密钥，请等它做完')

/** @throws CommandError where the environment holds the key, and no other to take its place */
function nextKey({ keepsKey, dataDir, secretKey, otherKeys }: Config, key: SealingKey): SealingKey {
  const [next] = keepsKey ? [nextSecretKey(dataDir)] : otherKeys()
  if (next?.equals(secretKey)) throw new CommandError('NEW_SECRET_KEY 与 SECRET_KEY 相同，没有要换的')
  if (next) return sealingKey(next)
  throw new CommandError(
    `现在的密钥 ${key.id} 是环境变量 SECRET_KEY 设的：请先在每个节点加设 NEW_SECRET_KEY（openssl rand -base64 32）并逐个重启，再带着它运行本命令`,
  )
}

function afterwards({ keepsKey }: Config): string {
  return keepsKey
    ? '新的密钥在 DATA_DIR 的 secret-key 里，请另存一份；更换前的备份仍要用原来的密钥恢复'
    : '请在每个节点把 SECRET_KEY 改为 NEW_SECRET_KEY 的值，去掉 NEW_SECRET_KEY，逐个重启；更换前的备份仍要用原来的密钥恢复'
}
