import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { DepartmentRequest } from '../../../db/queries/departments/department-requests.ts'
import { assignmentKinds, requestNames } from '../../rules/departments/assignments.ts'
import { nameOf } from '../../rules/names.ts'

/** What a department asks of the office, to be decided. */
export interface ShownRequest {
  id: string
  department: string
  name: string
  asked: string
  reason: string
  by: string
  /** What the thing says; null where it was merged or parted anew. */
  text: string | null
  thing: { name: string; href: string }
}

export function shownRequest({ slug }: Consultation, request: DepartmentRequest): ShownRequest {
  const { id, department, asks, unit, dueOn, reason, by, kind, target, letter, text } = request
  return {
    ...{ id, department, reason, by, text },
    name: nameOf(requestNames, asks),
    asked: asks === 'return' ? `建议由${unit}答复` : `延至 ${dueOn}`,
    thing: {
      name: nameOf(assignmentKinds, kind),
      href: `/office/${slug}/${kind === 'concern' ? `concerns/${target}` : `splits/${letter}`}`,
    },
  }
}
