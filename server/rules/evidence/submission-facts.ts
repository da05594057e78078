import type { Fact } from './facts.ts'

interface Words {
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: unknown
}

/**
 * What a version of a comment says: as sent, revised, redacted, or erased.
 * @param clause the one on which whoever entered it put it with this version; null where they did not
 */
export function wordsFact(
  { id, version }: { id: string; version: number },
  { stance, body, proposal, wording, quote }: Words,
  clause: string | null = null,
): Fact {
  const words = [stance, body, proposal, wording, quote]
  const content = clause === null ? words : [...words, clause]
  return { kind: 'comments', row: id, version, content, parts: [] }
}

/** Of a submission what is never erased. */
export interface Sent {
  id: string
  consultationId: string
  receiptNumber: string
  channel: string
  identity: string
  region: string | null
  visibility: string
  createdAt: Date
  /** Sealed where they are stored, and so only to be taken away; each null where it was not said. */
  name: string | null
  organisation: string | null
  contact: string | null
}

export interface SentComment {
  publicId: string
  round: number
  clause: string
}

/** Which of them somebody named. */
export type Named = readonly [name: boolean, organisation: boolean, contact: boolean]

export function namedIn({ name, organisation, contact }: Sent): Named {
  return [name !== null, organisation !== null, contact !== null]
}

/**
 * A submission as it was sent. What may have to be erased of it stands in digests of its own, which this one covers: so
 * it can be proved for ever.
 */
export function submissionFact(
  sent: Sent,
  comments: readonly SentComment[],
  parts: readonly Fact[],
  named = namedIn(sent),
): Fact {
  const { id, consultationId, receiptNumber, channel, identity, region, visibility, createdAt } = sent
  const places = comments.map(({ publicId, round, clause }) => [publicId, round, clause])
  const content = [consultationId, receiptNumber, channel, identity, region, visibility, createdAt]
  return { kind: 'submissions', row: id, version: 1, content: [...content, ...named, places], parts }
}

interface SentFile {
  id: string
  type: string
  size: number
  sha256: string
}

/** The files that came along, by what is in them; null where none did. */
export function filesFact(id: string, files: readonly SentFile[]): Fact | null {
  if (files.length === 0) return null
  const content = files.map(({ id, type, size, sha256 }) => [id, type, size, sha256])
  return { kind: 'attachments', row: id, version: 1, content, parts: [] }
}
