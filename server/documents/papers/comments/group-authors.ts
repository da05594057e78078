import { authorOf } from './persons.ts'
import type { PointGroup } from './point-groups.ts'

/** A single point's author; else how many persons, and each organisation by its name. */
export function authorsOf({ kind, first, person, persons, units, nameless, late }: PointGroup): string {
  if (kind === 'single') return authorOf(first, person) + (late > 0 ? '（逾期）' : '')
  const named = [...units].sort((a, b) => a.localeCompare(b, 'zh-Hans-CN'))
  return [
    named.join('、'),
    nameless.size > 0 ? `${named.length > 0 ? '其他' : ''}单位 ${nameless.size} 个` : '',
    persons.size > 0 ? `个人 ${persons.size} 人次` : '',
    late > 0 ? `其中逾期 ${late} 条` : '',
  ]
    .filter(Boolean)
    .join('\n')
}
