import { instant, integer, table, text } from '../../columns.ts'

/** The keys (Ed25519) with which leaves and heads are signed; the newest is used. */
export const signingKeys = table('signing_keys', {
  publicKey: text('public_key').primaryKey(),
  /** From 1: of two nodes that want to make the next one, one is first. */
  number: integer('number').notNull().unique(),
  /** Sealed; null where it was lost together with the portal's secret key. */
  secret: text('secret'),
  createdAt: instant('created_at').notNull(),
})
