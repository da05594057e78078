import type { HeadFigures } from '../../../server/rules/transparency/statements.ts'
import { instant, integer, json, primaryKey, table, text, uniqueIndex } from '../../columns.ts'
import { consultations } from '../consultations/consultations.ts'
import { submissions } from '../submissions/submissions.ts'

/** 提交存证: where a submission stands in its consultation's tree. Nothing takes it out again. */
export const leaves = table(
  'leaves',
  {
    submissionId: text('submission_id')
      .primaryKey()
      .references(() => submissions.id),
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** From 0. */
    position: integer('position').notNull(),
    blind: text('blind').notNull(),
  },
  (t) => [uniqueIndex('leaves_position').on(t.consultationId, t.position)],
)

/** The hashes of a tree that never change again: of leaves (level 0) and of whole trees over them. */
export const treeNodes = table(
  'tree_nodes',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    level: integer('level').notNull(),
    position: integer('position').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.level, t.position] })],
)

/** What was signed of a tree, as it was published. */
export const treeHeads = table(
  'tree_heads',
  {
    consultationId: text('consultation_id')
      .notNull()
      .references(() => consultations.id),
    /** From 1. */
    number: integer('number').notNull(),
    size: integer('size').notNull(),
    root: text('root').notNull(),
    at: instant('at').notNull(),
    figures: json<HeadFigures>('figures').notNull(),
    /** The hash of the newest seal of the staff log; null before there was one. */
    logHash: text('log_hash'),
    publicKey: text('public_key').notNull(),
    signature: text('signature').notNull(),
    /** RFC 9162, 2.1.4: the proof that it begins with the head before it. */
    consistency: json<string[]>('consistency').notNull(),
  },
  (t) => [primaryKey({ columns: [t.consultationId, t.number] })],
)
