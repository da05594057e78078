import type { Day } from '../days.ts'

/** Where a comment stands in the queue: by the day on which it came in, and within a day by an id that is chance. */
export interface QueuePosition {
  createdDay: Day
  publicId: string
}

/**
 * The order of the queue. Were it that of arrival, whoever watches the public pages while a moderator goes through it
 * would see the comments of one sender appear one after another.
 */
export function inQueueOrder(one: QueuePosition, other: QueuePosition): number {
  const [before, after] = [one, other].map(({ createdDay, publicId }) => `${createdDay} ${publicId}`)
  if (before === after) return 0
  return (before ?? '') < (after ?? '') ? -1 : 1
}
