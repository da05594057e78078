import { canonical } from '../log/log-chain.ts'

/** What digests are kept of, with what each is called. */
export const factNames = {
  comments: '意见',
  senders: '提交人',
  submissions: '提交',
  attachments: '附件',
  taken_up: '以前的内容的存证',
} as const

export type FactKind = keyof typeof factNames

/** Something that was stored, and must be found if it is changed. */
export interface Fact {
  kind: FactKind
  /** The key of its row. */
  row: string
  version: number
  /** null: the row was taken away. */
  content: readonly unknown[] | null
  /** What is covered by a digest of its own, which this one covers. */
  parts: readonly Fact[]
}

/** What a digest is made over besides its key. */
export interface Covered extends Omit<Fact, 'parts'> {
  parts: readonly string[]
  takenUp: boolean
  at: Date
}

/** The characters over which a digest is made: the same for the same, whichever engine gave it back. */
export function factText({ kind, row, version, takenUp, at, content, parts }: Covered): string {
  return canonical([kind, row, version, takenUp, at, content, [...parts].sort()])
}
