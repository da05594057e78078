import { payloadText } from '../../../server/rules/evidence/payload.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { KeptWords } from './kept-words.ts'
import { openedOr } from './parts.ts'
import type { Whole } from './whole-submissions.ts'

/** Whether a submission is what its receipt was given for. Asked only while nothing of it was erased. */
export function isAsReceived(seals: Seals, { submission, comments, files }: Whole, kept: KeptWords): boolean {
  const { id, payloadHash, name, organisation, contact, ...facts } = submission
  const opened = (column: 'name' | 'organisation' | 'contact', sealed: string | null) =>
    sealed === null ? null : openedOr(seals, sealed, { table: 'submissions', column, row: id }, null)
  const sent = {
    ...facts,
    round: comments[0]?.round ?? 0,
    name: opened('name', name),
    organisation: opened('organisation', organisation),
    contact: opened('contact', contact),
    comments: comments.map((comment) => asSent(comment, kept)),
    attachments: files.map((file) => ({
      ...file,
      name: openedOr(seals, file.name, { table: 'attachments', column: 'name', row: file.id }, ''),
    })),
  }
  // Who consented to show their name may have taken that back.
  return [true, false].some(
    (showName) => seals.hash('payload', payloadText({ ...sent, showName })) === payloadHash,
  )
}

function asSent(comment: Whole['comments'][number], kept: KeptWords): Whole['comments'][number] {
  const first = comment.version === 1 ? comment : (kept.replaced(comment.id, 1) ?? comment)
  return { ...comment, ...first, ...kept.original(comment.id, 1), clause: kept.firstClause(comment) }
}
