import type { Assignment } from '../../../db/queries/departments/assigned-things.ts'
import type { OwnDepartment } from '../../../db/queries/departments/department-members.ts'
import type { DepartmentReply } from '../../../db/queries/departments/department-replies.ts'
import { BrokenSeal, type Seals } from '../../../db/sealing/sealed.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { assignmentKey, assignmentKinds } from '../../rules/departments/assignments.ts'
import { proposedSpans, redacted, withAllHidden } from '../../rules/moderation/redactions.ts'
import { identityNames, nameOf, stanceNames } from '../../rules/names.ts'
import type { Sender } from '../../rules/personal-data/own.ts'

/** A thing that a department was given, as its staff read it. */
export interface GivenThing {
  kindName: string
  href: string
  text: string
  wording: string | null
  stance: string | null
  stanceName: string | null
  clauseName: string
  /** How many points a concern has; null for what is one. */
  count: number | null
  /** Whom it is from, where the office opens that to the department. */
  author: string | null
  dueOn: string | null
  overdue: boolean
}

export function givenThing(
  slug: string,
  department: OwnDepartment,
  assignment: Assignment,
  { places, days, today, seals }: Known,
): GivenThing {
  const { kind, clause, said, count } = assignment
  const dueOn = days.get(assignmentKey(assignment)) ?? null
  return {
    kindName: assignmentKinds[kind],
    href: `/office/${slug}/assignments/${department.id}/${assignmentKey(assignment)}`,
    ...readable(
      { body: assignment.text, wording: assignment.wording, state: said?.state ?? null },
      senderOf(said, seals),
    ),
    stance: said?.stance ?? null,
    stanceName: said && nameOf(stanceNames, said.stance),
    clauseName: places.get(clause)?.name ?? clause,
    count: kind === 'concern' ? count : null,
    author: said && department.opensNames ? authorOf(said, seals) : null,
    dueOn,
    overdue: dueOn !== null && dueOn < today,
  }
}

export interface Known {
  places: ReadonlyMap<string, { name: string }>
  days: ReadonlyMap<string, string>
  /** YYYY-MM-DD in Shanghai. */
  today: string
  seals: Seals
}

/**
 * What nobody has looked through for the public has its personal data covered: a department is told what is said, not by whom.
 * @param sender who said it, where that is known
 */
export function readable(
  { body, wording, state }: { body: string; wording: string | null; state: string | null },
  sender: Sender = {},
) {
  if (state === null || state === 'published') return { text: body, wording }
  const found = proposedSpans({ body, wording }, { sender, officeHolders: [] })
  const covered = redacted({ body, wording }, withAllHidden(found))
  return { text: covered.body, wording: covered.wording }
}

/** Who said a thing, as they wrote themselves. */
export function senderOf(said: Assignment['said'], seals: Seals): Sender {
  if (!said) return {}
  const opened = (column: 'name' | 'organisation') =>
    said[column] && open(seals, said[column], column, said.submissionId)
  return { name: opened('name'), organisation: opened('organisation') }
}

function authorOf(said: NonNullable<Assignment['said']>, seals: Seals): string {
  const opened = (['organisation', 'name'] as const).flatMap((column) => {
    const sealed = said[column]
    return sealed === null ? [] : [open(seals, sealed, column, said.submissionId)]
  })
  return opened.join(' ') || nameOf(identityNames, said.identity)
}

function open(seals: Seals, sealed: string, column: 'name' | 'organisation', row: string): string {
  try {
    return seals.open(sealed, { table: 'submissions', column, row })
  } catch (error) {
    if (error instanceof BrokenSeal) return '（无法读取）'
    throw error
  }
}

/** What a department answers, as its own staff and the office read it. */
export interface ShownReply {
  id: string
  department: string
  outcome: string
  outcomeName: string
  reason: string
  letterNumber: string | null
  letterOn: string | null
  confirmer: string | null
  file: { name: string; href: string } | null
}

export function shownReply(reply: DepartmentReply, files: string): ShownReply {
  const { id, department, outcome, reason, letterNumber, letterOn, confirmer, fileId, fileName } = reply
  return {
    ...{ id, department, outcome, reason, letterNumber, letterOn, confirmer },
    outcomeName: nameOf(outcomeNames, outcome),
    file: fileId === null ? null : { name: fileName ?? '函件', href: `${files}/${fileId}` },
  }
}
