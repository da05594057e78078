import type { PublicKey } from '../../../db/queries/transparency/signing-keys.ts'
import type { TreeHead } from '../../../db/queries/transparency/tree-heads.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { isTold } from '../../rules/transparency/statements.ts'

/** A head as a page shows it. */
export interface ShownHead {
  number: number
  at: string
  size: number
  root: string
  /** null where so few submissions are in it that figures would tell what others did. */
  figures: TreeHead['figures'] | null
}

export function shownHead({ number, at, size, root, figures }: TreeHead): ShownHead {
  return { number, at: shanghaiMinute(at), size, root, figures: isTold(size) ? figures : null }
}

/** A public key with the day from which it signed. */
export interface ShownKey {
  publicKey: string
  since: string
}

export function shownKey({ publicKey, createdAt }: PublicKey): ShownKey {
  return { publicKey, since: shanghaiDay(createdAt) }
}
