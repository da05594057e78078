import type { CommentFacts } from '../../../db/queries/comments/comment-facts.ts'
import type { ReadComment } from '../../../db/queries/comments/reading.ts'
import type { Attachment } from '../../../db/queries/submissions/attachments.ts'
import { wholeDraft } from '../../rules/names.ts'
import { type ShownComment, shownComment } from './read-comment.ts'

/** A clause with those of its comments that stand on this page. */
export interface ReadClause {
  key: string
  label: string | null
  name: string
  text: string
  /** Where the clause is reworded; null for the draft as a whole. */
  board: string | null
  comments: ShownComment[]
}

/** What stands beside the comments of a page: the office's facts by comment, files by submission. */
interface Beside {
  facts: Map<string, CommentFacts>
  files: Map<string, Attachment[]>
  words: string
}

/** The comments of a page under their clauses, in document order. */
export function byClause(
  comments: ReadComment[],
  clauses: Pick<ReadClause, 'key' | 'label' | 'name' | 'text'>[],
  slug: string,
  { facts, files, words }: Beside,
): ReadClause[] {
  return clauses
    .map(({ key, label, name, text }) => ({
      key,
      label,
      name,
      text,
      board: key === wholeDraft ? null : `/office/${slug}/clauses/${key}`,
      comments: comments
        .filter(({ clause }) => clause === key)
        .map((comment) => {
          const isPersons = comment.identity === 'individual'
          const attachments = isPersons ? [] : (files.get(comment.submissionId) ?? [])
          return shownComment(comment, facts.get(comment.id), slug, words, attachments)
        }),
    }))
    .filter((clause) => clause.comments.length > 0)
}
