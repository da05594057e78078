import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import { BrokenSeal, type Seals } from '../../../../db/sealing/sealed.ts'
import { identityNames, nameOf } from '../../../rules/names.ts'
import type { PaperScope } from '../../../rules/papers/scopes.ts'

/** What somebody said of themselves, as far as a file may hold it. */
export interface Person {
  name: string | null
  organisation: string | null
  contact: string | null
}

/**
 * Who sent a comment. The scope `personal` opens everything; the office's own copy names organisations, since they speak
 * in their own name; the rest stays sealed.
 */
export function personBehind(comment: ReadComment, scope: PaperScope, seals: Seals): Person {
  const { name, organisation, contact, identity, submissionId: row } = comment
  const open = (column: keyof Person, sealed: string | null) =>
    sealed === null ? null : opened(seals, sealed, { table: 'submissions', column, row })
  const isOffice = scope === 'internal' && identity !== 'individual'
  return {
    name: scope === 'personal' ? open('name', name) : null,
    organisation: scope === 'personal' || isOffice ? open('organisation', organisation) : null,
    contact: scope === 'personal' ? open('contact', contact) : null,
  }
}

/** What a comment's author is called: as far as they may be known, else masked, else by what they are. */
export function authorOf({ maskedName, identity }: ReadComment, { name, organisation }: Person): string {
  const known = [organisation, name].filter((part) => part !== null).join(' ')
  return known || (maskedName ?? nameOf(identityNames, identity))
}

/** A key that was lost or changed must not cost the office the whole paper. */
function opened(seals: Seals, sealed: string, place: Parameters<Seals['open']>[1]): string {
  try {
    return seals.open(sealed, place)
  } catch (error) {
    if (error instanceof BrokenSeal) return '（无法读取）'
    throw error
  }
}
