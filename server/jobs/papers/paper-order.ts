import type { Job } from '../../../db/queries/papers/jobs.ts'

/** What the process that makes a paper is told, once, by its parent. */
export interface PaperOrder {
  config: { databaseUrl: string; dataDir: string }
  /** All that are at hand, in base64: messages between processes are JSON. */
  secretKeys: string[]
  job: Pick<Job, 'id' | 'consultationId' | 'kind' | 'format' | 'scope' | 'header' | 'filters' | 'origin'>
  /** ISO 8601. */
  now: string
  /** Where the sealed file is to be written. */
  file: string
}

/** What it says to its parent: how many comments it has read of how many, or why it ends without the file. */
export type PaperNews = { done: number; total: number } | { problem: string }
