import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/*
 * An encrypted file: 16 bytes that say so, 16 of salt, 8 by which its key is known, then pieces of 64 KB, each with AES-256-GCM
 * under a key of the file's own and with its place for a nonce; the last one says that it is the last. So pieces that are
 * changed, moved, left out or cut off are noticed as they are read, whatever the size of the file.
 */
const algorithm = 'aes-256-gcm'
const magic = Buffer.from('portal backup 1\n')
const saltBytes = 16
const checkBytes = 8
const headBytes = magic.length + saltBytes + checkBytes
const pieceBytes = 64 * 1024
const tagBytes = 16

/** Another key than the one with which it was encrypted. */
export class OtherBackupKey extends Error {
  override name = 'OtherBackupKey'
}

/** It is not as it was written. */
export class DamagedBackupFile extends Error {
  override name = 'DamagedBackupFile'
}

/** @param name what the file is known by; it opens under no other */
export async function* encrypted(
  content: AsyncIterable<Buffer>,
  key: Buffer,
  name: string,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes)
  const derived = keysOf(key, salt, name)
  yield Buffer.concat([magic, salt, derived.check])
  let place = 0
  for await (const { piece, isLast } of inPieces(content, pieceBytes)) {
    const cipher = createCipheriv(algorithm, derived.key, nonceOf(place++, isLast))
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/** @throws OtherBackupKey, DamagedBackupFile */
export async function* decrypted(
  content: AsyncIterable<Buffer>,
  key: Buffer,
  name: string,
): AsyncGenerator<Buffer> {
  const { head, rest } = await headOf(content)
  if (!head.subarray(0, magic.length).equals(magic)) throw new DamagedBackupFile()
  const derived = keysOf(key, head.subarray(magic.length, magic.length + saltBytes), name)
  if (!derived.check.equals(head.subarray(-checkBytes))) throw new OtherBackupKey()
  let place = 0
  for await (const { piece, isLast } of inPieces(rest, pieceBytes + tagBytes)) {
    if (piece.length < tagBytes) throw new DamagedBackupFile()
    const decipher = createDecipheriv(algorithm, derived.key, nonceOf(place++, isLast))
    decipher.setAuthTag(piece.subarray(-tagBytes))
    yield opened(decipher, piece.subarray(0, -tagBytes))
  }
}

function opened(decipher: ReturnType<typeof createDecipheriv>, piece: Buffer): Buffer {
  try {
    return Buffer.concat([decipher.update(piece), decipher.final()])
  } catch {
    throw new DamagedBackupFile()
  }
}

function keysOf(key: Buffer, salt: Buffer, name: string): { key: Buffer; check: Buffer } {
  const derived = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, purpose, bytes))
  return { key: derived(`backup file ${name}`, 32), check: derived('backup key check', checkBytes) }
}

function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt8(isLast ? 1 : 0)
  nonce.writeBigUInt64BE(BigInt(place), 4)
  return nonce
}

/** Pieces of one size; the last is shorter, or empty, and there is always one. */
async function* inPieces(
  content: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let held = Buffer.alloc(0)
  for await (const chunk of content) {
    held = Buffer.concat([held, chunk])
    let start = 0
    for (; held.length - start > size; start += size)
      yield { piece: held.subarray(start, start + size), isLast: false }
    held = held.subarray(start)
  }
  yield { piece: held, isLast: true }
}

async function headOf(
  content: AsyncIterable<Buffer>,
): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer> }> {
  const chunks = content[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  while (held.length < headBytes) {
    const { done, value } = await chunks.next()
    if (done) throw new DamagedBackupFile()
    held = Buffer.concat([held, value])
  }
  async function* rest() {
    yield held.subarray(headBytes)
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { head: held.subarray(0, headBytes), rest: rest() }
}
