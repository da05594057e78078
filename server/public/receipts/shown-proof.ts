import { coveringHead, type LeafFile } from '../../../db/queries/transparency/receipt-proofs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { leafHash } from '../../rules/transparency/merkle-tree.ts'

/** What a page shows of 提交存证 to the holder of a receipt. */
export interface ShownProof {
  /** The leaf's hash. */
  digits: string
  statement: string
  signature: string
  publicKey: string
  /** The file, in an address of its own (data:). */
  file: string
}

/** Longer texts would make the page too large; they are in the file that the code opens. In characters. */
const mostInPage = 60_000

/** What was signed of what has just been sent in. */
export function shownProof(file: LeafFile): ShownProof {
  const { statement, signature, public_key: publicKey } = file.leaf
  const length = file.opening.reduce((sum, { text }) => sum + text.length, 0)
  const content = JSON.stringify(length > mostInPage ? { ...file, opening: [] } : file, null, 2)
  return {
    digits: leafHash(statement),
    statement,
    signature,
    publicKey,
    file: `data:application/json;base64,${Buffer.from(content).toString('base64')}`,
  }
}

/** When the newest head was signed in which a submission is; null where it is in none. */
export async function coveredAt(
  { db, now }: Dependencies,
  { number, consultation }: { number: string; consultation: Parameters<typeof coveringHead>[2] },
): Promise<string | null> {
  const covered = await coveringHead(db, number, consultation, now())
  return covered && shanghaiMinute(covered.head.at)
}
