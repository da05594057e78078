import { shanghaiDay } from '../../server/rules/days.ts'
import { receiptCode, receiptNumber } from '../../server/rules/receipts/receipts.ts'
import type { Seals } from './sealed.ts'

/** What is handed to whoever sent something in. */
export interface Receipt {
  number: string
  code: string
  createdAt: Date
  /** What vouches for it, where it was stored just now: its id and digest. */
  stored?: { id: string; digest: string }
}

/** The same key came with other content: it is not stored a second time, and the sender has to be asked. */
export class KeyReused extends Error {
  override name = 'KeyReused'
}

interface ReceiptSecrets {
  number: string
  code: string
  codeHash: string
  idempotencyHash: string
}

/** The names under which the secrets of each kind of receipt are derived: one key gives each kind its own. */
const purposes = {
  submission: { number: 'receipt number', code: 'receipt code of' },
  endorsement: { number: 'endorsement number', code: 'endorsement code of' },
} as const

/**
 * A receipt's number and code. They follow from the sender's key, so that only hashes are stored and a repeat can still
 * be told the same.
 * @param key names the attempt: 1–200 visible ASCII characters
 */
export function receiptSecrets(
  seals: Seals,
  kind: keyof typeof purposes,
  consultationId: string,
  key: string,
  now: Date,
): ReceiptSecrets {
  const bytes = (purpose: string) =>
    Buffer.from(seals.hash(purpose, `${consultationId}\0${key}`), 'base64url')
  const code = receiptCode(bytes(purposes[kind].code))
  return {
    number: receiptNumber(shanghaiDay(now), bytes(purposes[kind].number)),
    code,
    codeHash: receiptCodeHash(seals, code),
    idempotencyHash: seals.hash('idempotency key', `${consultationId}\0${key}`),
  }
}

/** Under which a receipt is found by its code in the written form. */
export function receiptCodeHash(seals: Seals, code: string): string {
  return seals.hash('receipt code', code)
}
