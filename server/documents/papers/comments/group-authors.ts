import { peopleOf, writtenPeople } from '../../../rules/intakes/people.ts'
import { authorOf } from './persons.ts'
import type { PointGroup } from './point-groups.ts'

/** A single point's author; else how many persons, each organisation by its name, and meetings with how many were there. */
export function authorsOf(group: PointGroup): string {
  const { kind, persons, meetings, units, nameless, late } = group
  if (kind === 'single') return singleAuthor(group)
  const named = [...units].sort((a, b) => a.localeCompare(b, 'zh-Hans-CN'))
  return [
    named.join('、'),
    nameless.size > 0 ? `${named.length > 0 ? '其他' : ''}单位 ${nameless.size} 个` : '',
    persons.size > 0 ? `个人 ${persons.size} 人次` : '',
    meetings.size > 0 ? writtenPeople(peopleOf(meetings.values())) : '',
    late > 0 ? `其中逾期 ${late} 条` : '',
  ]
    .filter(Boolean)
    .join('\n')
}

function singleAuthor({ first, person, late }: PointGroup): string {
  const notes = [
    first.present === null ? '' : `座谈会到会 ${first.present} 人`,
    late > 0 ? '逾期' : '',
  ].filter(Boolean)
  return authorOf(first, person) + (notes.length > 0 ? `（${notes.join('，')}）` : '')
}
