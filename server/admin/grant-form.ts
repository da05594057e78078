import { everywhere, type Grant, isRole, isSitewide, roleNames } from '../rules/staff/roles.ts'
import { type FieldError, typedText } from '../rules/typed.ts'

/** What a form offers to choose from. */
export interface GrantChoices {
  roles: { value: string; name: string }[]
  consultations: { value: string; name: string }[]
}

export function grantChoices(consultations: { id: string; title: string }[]): GrantChoices {
  return {
    roles: Object.entries(roleNames).map(([value, name]) => ({ value, name })),
    consultations: [
      ...consultations.map(({ id, title }) => ({ value: id, name: title })),
      { value: everywhere, name: '全部活动' },
    ],
  }
}

/** The role in `role`, given in the consultation in `consultation`; site-wide roles are given everywhere. */
export function readGrant(
  form: unknown,
  { consultations }: GrantChoices,
): { grant: Grant; error: null } | { grant: null; error: FieldError } {
  const role = typedText(form, 'role')
  if (!isRole(role)) return { grant: null, error: { field: 'role', message: '请选择角色' } }
  const consultationId = isSitewide(role) ? everywhere : typedText(form, 'consultation')
  if (!consultations.some(({ value }) => value === consultationId)) {
    return { grant: null, error: { field: 'consultation', message: '请选择在哪一次征求意见中有效' } }
  }
  return { grant: { role, consultationId }, error: null }
}

/** 「审核员 · 关于……的实施意见」 */
export function grantName({ role, consultationId }: Grant, { consultations }: GrantChoices): string {
  if (isSitewide(role)) return roleNames[role]
  const where = consultations.find(({ value }) => value === consultationId)?.name ?? consultationId
  return `${roleNames[role]} · ${where}`
}
