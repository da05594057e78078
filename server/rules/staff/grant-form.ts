import { choice, text, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { everywhere, type Grant, isRole, isSitewide, type Role, roleNames } from './roles.ts'

/** Where a role can be given: each consultation by its id, and everywhere. */
export type GrantPlaces = ReadonlyMap<string, string>

export function grantPlaces(consultations: { id: string; title: string }[]): GrantPlaces {
  return new Map([
    ...consultations.map(({ id, title }) => [id, title] as const),
    [everywhere, '全部活动'] as const,
  ])
}

export const staffName = text({ name: '姓名', most: 40 })
const fields = { role: choice(roleNames, '请选择角色'), consultation: unjudged() }

/** A role, and where: site-wide roles are given everywhere, whatever is chosen. */
export const grantForm = (places: GrantPlaces) => form(fields, (typed) => unplaced(typed, places))

/** A new account with its first role. */
export const accountForm = (places: GrantPlaces) =>
  form({ name: staffName, ...fields }, (typed) => unplaced(typed, places))
export type TypedAccount = TypedIn<ReturnType<typeof accountForm>>

function unplaced(
  { role, consultation }: { role: string; consultation: string },
  places: GrantPlaces,
): ['consultation', string | null][] {
  const isPlaced = !isRole(role) || isSitewide(role) || places.has(consultation)
  return [['consultation', isPlaced ? null : '请选择在哪一次征求意见中有效']]
}

export function grantOf({ role, consultation }: { role: Role; consultation: string }): Grant {
  return { role, consultationId: isSitewide(role) ? everywhere : consultation }
}

/** 「审核员 · 关于……的实施意见」 */
export function grantName({ role, consultationId }: Grant, places: GrantPlaces): string {
  if (isSitewide(role)) return roleNames[role]
  return `${roleNames[role]} · ${places.get(consultationId) ?? consultationId}`
}
