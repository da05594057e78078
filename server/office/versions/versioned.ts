import { findResponse } from '../../../db/queries/answers/listed-responses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { OrderedClause } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { OfficeVersion, Versioned } from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { isMaterial, materials } from '../../rules/outcomes/materials.ts'
import { type VersionKind, versionKinds } from '../../rules/versions/version-kinds.ts'

/** Where something that has versions is read and saved. */
export interface VersionedPlace {
  /** The tab under which its page stands. */
  tab: 'overview' | 'comments' | 'responses' | 'points' | 'themes' | 'outcome' | 'units' | 'procedure'
  name: string
  /** Its page. */
  back: string
  /** Where its form is sent. */
  action: string
}

/** @param clauses the consultation's, by which a wording is found; a wording of an earlier round is read only */
export function placeOf(
  { slug }: Consultation,
  { kind, row }: Pick<Versioned, 'kind' | 'row'>,
  said: OfficeVersion['said'],
  clauses: readonly OrderedClause[],
): VersionedPlace {
  const office = `/office/${slug}`
  const named = typeof said?.name === 'string' ? `“${said.name}”` : ''
  const name = `${versionKinds[kind].name}${named}`
  switch (kind) {
    case 'answer':
      return { tab: 'responses', name, ...at(`${office}/responses/${row}`) }
    case 'template':
      return {
        tab: 'responses',
        name,
        back: `${office}/templates?template=${row}#form`,
        action: `${office}/templates/${row}`,
      }
    case 'theme':
      return { tab: 'themes', name, ...at(`${office}/themes/${row}`) }
    case 'concern':
      return { tab: 'points', name, ...at(`${office}/concerns/${row}`) }
    case 'unit_reply':
      return { tab: 'units', name, ...at(`${office}/units/${row}`) }
    case 'unit_item': {
      const [unit, item] = row.split('.')
      const back = `${office}/units/${unit}`
      return { tab: 'units', name, back, action: `${back}/items/${item}/answer` }
    }
    case 'step':
      return {
        tab: 'procedure',
        name,
        back: `${office}/procedure?step=${row}#form`,
        action: `${office}/procedure/${row}`,
      }
    case 'material': {
      const material = isMaterial(row) ? `“${materials[row].name}”` : ''
      const back = `${office}/materials`
      return {
        tab: 'procedure',
        name: `${name}${material}`,
        back: `${back}?material=${row}#form`,
        action: `${back}/${row}`,
      }
    }
    case 'finding':
      return {
        tab: 'procedure',
        name,
        back: `${office}/findings?finding=${row}#form`,
        action: `${office}/findings/${row}`,
      }
    case 'leader_page':
      return { tab: 'overview', name, ...at(`${office}/leader-page`) }
    case 'report':
      return { tab: 'outcome', name, back: `${office}/outcome`, action: `${office}/outcome/report` }
    case 'wording': {
      const clause = row.slice(row.indexOf('-') + 1)
      const citation = clauses.find(({ key }) => key === clause)?.citation ?? ''
      const back = `${office}/clauses/${clause}`
      return { tab: 'comments', name: `${citation}的修改稿`, back, action: `${back}/wording` }
    }
  }
}

const at = (address: string) => ({ back: address, action: address })

/** The address of the versions of something. */
export function versionsAddress({ slug }: Consultation, kind: VersionKind, row: string): string {
  return `/office/${slug}/versions/${kind}/${row}`
}

/** Who saved last what stands in a form, and where the versions before it are read. */
export interface Saved {
  revision: number
  by: string | null
  at: string | null
  versions: string
}

export function savedAs(
  consultation: Consultation,
  { kind, row }: Pick<Versioned, 'kind' | 'row'>,
  version: Omit<OfficeVersion, 'said'> | null,
): Saved | null {
  if (!version) return null
  const { revision, by, at } = version
  return { revision, by, at: at && shanghaiMinute(at), versions: versionsAddress(consultation, kind, row) }
}

/** Why something cannot be saved any more; null where it can. */
export async function closedFor(
  { db }: Pick<Dependencies, 'db'>,
  { consultationId, kind, row }: Versioned,
  isGone: boolean,
  clauses: readonly OrderedClause[],
): Promise<string | null> {
  switch (kind) {
    case 'answer': {
      const response = await findResponse(db, consultationId, row)
      return closedAnswers[response?.state ?? 'dropped'] ?? null
    }
    case 'wording':
      return clauses.some((clause) => `${clause.round}-${clause.key}` === row)
        ? null
        : '这是以前一稿的修改稿，不能再改。'
    case 'report':
    case 'leader_page':
      return null
    case 'concern':
      return isGone ? '这条归并意见已经并入别的归并意见，不能再改。' : null
    default:
      return isGone ? `这个${versionKinds[kind].name}已经删除，不能再改。` : null
  }
}

const closedAnswers: Readonly<Record<string, string>> = {
  submitted: '这份答复已经送审，不能再改；需要修改的，请审批人员退回。',
  approved: '这份答复已经批准，不能再改；确有错误的，请在答复页上提出更正。',
  dropped: '这份答复已经删除，不能再改。',
}
