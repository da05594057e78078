import { index, instant, integer, primaryKey, table, text } from '../../columns.ts'

/**
 * A member of staff; `totpSecret` is sealed, `passwordHash` is argon2id, both null until the account is activated.
 * `activationHash` is the keyed hash of the code that its owner is given to set them.
 */
export const staff = table('staff', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  passwordHash: text('password_hash'),
  totpSecret: text('totp_secret'),
  /** The time step of the code that was last used; the same code is not taken twice. */
  totpStep: integer('totp_step'),
  activationHash: text('activation_hash').unique(),
  activationExpiresAt: instant('activation_expires_at'),
  createdAt: instant('created_at').notNull(),
  disabledAt: instant('disabled_at'),
})

/** What a member of staff may do, in one consultation or (`consultationId` = '*') in all. */
export const staffRoles = table(
  'staff_roles',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    role: text('role').notNull(),
    consultationId: text('consultation_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.role, t.consultationId] })],
)

/** A signed-in browser. `id` is the keyed hash of the cookie's value, so that the table opens no session. */
export const sessions = table(
  'sessions',
  {
    id: text('id').primaryKey(),
    staffId: text('staff_id').references(() => staff.id),
    data: text('data').notNull(),
    /** What the browser calls itself, for the list of one's sessions. */
    agent: text('agent').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('sessions_staff').on(t.staffId), index('sessions_expiry').on(t.expiresAt)],
)

/** 恢复码: stands in once for the authenticator's code. `hash` is the keyed hash of the code. */
export const recoveryCodes = table(
  'recovery_codes',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.hash] })],
)

/** How often signing in under a name has failed of late, whether there is such an account or not. */
export const signInFailures = table(
  'sign_in_failures',
  {
    nameHash: text('name_hash').primaryKey(),
    count: integer('count').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [index('sign_in_failures_last').on(t.lastAt)],
)

/** How many second factors were tried for an account, each behind the right password, since one of them was right. */
export const secondFactorAttempts = table('second_factor_attempts', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  count: integer('count').notNull(),
})
