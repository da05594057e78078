import type { Config } from '../config.ts'
import type { Header, Scope } from '../documents/comment-table.ts'

/** What the process that makes a paper is told, once, by its parent. */
export interface PaperOrder {
  config: Pick<Config, 'databaseUrl'>
  /** In base64: messages between processes are JSON. */
  secretKey: string
  slug: string
  kind: string
  format: string
  scope: Scope
  header: Header
  origin: string
  /** ISO 8601. */
  now: string
  /** Where the file is to be written. */
  file: string
}

/** What it says to its parent: how many comments it has read. It ends with exit code 0 when the file is whole. */
export interface PaperProgress {
  read: number
}
