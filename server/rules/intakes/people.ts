/**
 * Who is behind some submissions. One is one person's (人次); the minutes of a meeting are of all who were present. How many
 * of those said one of the things in its minutes nobody has written down: so beside a single point they stand apart.
 */
export interface People {
  /** Submissions that are no minutes with a number of people. */
  people: number
  /** 座谈会: such minutes, and how many were present at all of them. */
  meetings: number
  present: number
}

/** @param presences of each submission how many were present, null where it is no meeting's */
export function peopleOf(presences: Iterable<number | null>): People {
  const counts = { people: 0, meetings: 0, present: 0 }
  for (const present of presences) {
    if (present === null) counts.people++
    else {
      counts.meetings++
      counts.present += present
    }
  }
  return counts
}

/** 人次, as the kept counters count them. */
export function everybody({ people, present }: People): number {
  return people + present
}

/** 12 人次、座谈会 1 场（到会 40 人）, with what was said by them. @param gap between words and figures, on pages a blank */
export function writtenPeople({ people, meetings, present }: People, gap: '' | ' ' = ' '): string {
  const held = meetings > 0 ? [`座谈会${gap}${meetings}${gap}场（到会${gap}${present}${gap}人）`] : []
  return [...(people > 0 || meetings === 0 ? [`${people}${gap}人次`] : []), ...held].join('、')
}

/** What is said behind a number of 人次 that meetings are in; empty where none is. */
export function writtenMeetings({ meetings, present }: People, gap: '' | ' ' = ' '): string {
  return meetings > 0 ? `，其中座谈会${gap}${meetings}${gap}场到会${gap}${present}${gap}人` : ''
}
