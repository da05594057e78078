import { randomBytes } from 'node:crypto'
import { type StoredActivation, storedActivation } from '../../db/queries/staff/activation.ts'
import type { Dependencies } from '../dependencies.ts'
import { receiptCode } from '../rules/receipts/receipts.ts'

export interface Invitation extends StoredActivation {
  code: string
}

/** A new activation code, with what is stored of it. */
export function newInvitation({ seals, now }: Pick<Dependencies, 'seals' | 'now'>): Invitation {
  const code = receiptCode(randomBytes(15))
  return { code, ...storedActivation(seals, code, now()) }
}
