import type { OpenAnswers } from '../../../db/queries/answers/open-answers.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type Day, shanghaiDay } from '../../rules/days.ts'
import { listAddress } from '../answers/responses-address.ts'
import { daysAgo } from './open-comments.ts'

/** Answers that a person has to do something about. */
interface OfPerson {
  name: string
  count: number
  href: string
}

/** Answers that are not approved, by who has to go on with them. */
export interface OpenWork {
  drafters: (OfPerson & {
    staffId: string
    isDisabled: boolean
    since: string
    /** Those of them that were sent back. */
    returned: Omit<OfPerson, 'name'> | null
  })[]
  /** All that wait for approval; null where none does. */
  submitted: (Omit<OfPerson, 'name'> & { since: string }) | null
  /** Who may approve how many of them. */
  approvers: OfPerson[]
  /** Whose answers nobody but themselves could approve. */
  stuck: OfPerson[]
}

export function openWork(
  consultation: Consultation,
  answers: OpenAnswers[],
  approvers: { id: string; name: string }[],
  today: Day,
): OpenWork {
  const submitted = answers.filter(({ state }) => state === 'submitted')
  const count = total(submitted)
  const others = (staffId: string) => submitted.filter((one) => one.staffId !== staffId)
  return {
    drafters: answers
      .filter(({ state }) => state === 'draft')
      .map(({ staffId, name, isDisabled, count, returned, since }) => ({
        ...{ staffId, name, isDisabled, count },
        href: listAddress(consultation, { state: 'draft', drafter: staffId }),
        since: shownSince([since], today),
        returned:
          returned > 0
            ? {
                count: returned,
                href: listAddress(consultation, { state: 'draft', drafter: staffId, returned: true }),
              }
            : null,
      })),
    submitted:
      count > 0
        ? {
            count,
            href: listAddress(consultation, { state: 'submitted' }),
            since: shownSince(
              submitted.map(({ since }) => since),
              today,
            ),
          }
        : null,
    approvers: approvers.flatMap(({ id, name }) => {
      const count = total(others(id))
      return count > 0
        ? [{ name, count, href: listAddress(consultation, { state: 'submitted', approver: id }) }]
        : []
    }),
    stuck: submitted
      .filter(({ staffId }) => approvers.every(({ id }) => id === staffId))
      .map(({ staffId, name, count }) => ({
        name,
        count,
        href: listAddress(consultation, { state: 'submitted', drafter: staffId }),
      })),
  }
}

function total(answers: OpenAnswers[]): number {
  return answers.reduce((sum, { count }) => sum + count, 0)
}

/** @param times of which the first is said */
function shownSince(times: (Date | null)[], today: Day): string {
  const [first] = times.flatMap((time) => time ?? []).sort((one, other) => one.getTime() - other.getTime())
  return first ? daysAgo(shanghaiDay(first), today) : ''
}
