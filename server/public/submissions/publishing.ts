import { maskedName } from '../../rules/comments/masked-name.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { TypedSubmission } from '../../rules/submissions/submission-form.ts'
import type { Frame } from '../frame.ts'
import type { Scope } from '../scope.ts'

/** What is said above the button that sends: when comments are published, and under which name. */
export interface Publishing {
  /** Whether each is published by itself. */
  isEach: boolean
  when: string
  /** The name that is shown; null where none is. */
  name: string | null
}

export function publishingOf({ consultation }: Scope, typed: TypedSubmission, { t }: Frame): Publishing {
  const { publicationPolicy, closesAt } = consultation
  const says = t.form.publishing
  const isEach = ['as_decided', 'after_closing'].includes(publicationPolicy)
  const name = typed.name && (typed.show_name ? typed.name : maskedName(typed.name))
  return {
    isEach,
    when: isEach
      ? publicationPolicy === 'as_decided'
        ? says.as_decided
        : says.after_closing(shanghaiMinute(closesAt))
      : says.outcome_only,
    name: name || null,
  }
}
