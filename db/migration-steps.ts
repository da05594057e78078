/** One step of a database's way to the newest tables, and what it is recorded by. */
export interface MigrationStep {
  name: string
  hash: string
  sql: string
}

/** Which steps a database with these recorded ones still needs. */
export type Pending = (applied: Pick<MigrationStep, 'name' | 'hash'>[]) => MigrationStep[]
