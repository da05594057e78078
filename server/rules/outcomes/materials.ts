import { choice, optional, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

interface Material {
  name: string
  /** The step of 程序台账 whose files it is. */
  step?: string
  /** The folder of 送审材料 that the portal fills from its data. */
  folder?: string
}

/** What goes up for 合法性审查 and 集体讨论 (国务院令第713号 arts. 26 and 29), in the order of its folders. */
export const materials = {
  draft: { name: '决策草案和修改对照表', folder: '1 草案/' },
  explanation: { name: '起草说明', folder: '2 起草说明/' },
  units: { name: '部门意见汇总表', folder: '3 部门意见/' },
  public_opinions: { name: '公众意见及采纳情况', folder: '4 公众意见/' },
  expert_opinion: { name: '专家论证意见', step: '专家论证' },
  risk_report: { name: '风险评估报告', step: '风险评估' },
  cosigning: { name: '会签文件', step: '会签' },
  fair_competition: { name: '公平竞争审查意见', step: '公平竞争审查' },
  legality: { name: '合法性审查意见', step: '合法性审查' },
  basis: { name: '依据', folder: '6 依据/' },
} as const satisfies Record<string, Material>

export type MaterialKey = keyof typeof materials

/** null for what is of no step. */
export function stepOf(key: MaterialKey): string | null {
  const { step }: Material = materials[key]
  return step ?? null
}

export const materialKeys = Object.keys(materials) as MaterialKey[]

export function isMaterial(key: string): key is MaterialKey {
  return Object.hasOwn(materials, key)
}

/** Whether a file of the folder 送审材料 is of a material. @param path as it stands in the folder: 5 程序台账/2 专家论证/意见.pdf */
export function isOfMaterial(key: MaterialKey, path: string): boolean {
  const { folder, step }: Material = materials[key]
  if (folder) return path.startsWith(folder)
  const [room, ofStep = ''] = path.split('/')
  return room === '5 程序台账' && ofStep.replace(/^\d+ /, '') === step
}

/** What somebody finds of a material. */
export const materialStateNames = { attached: '已附', missing: '缺', not_applicable: '不适用' } as const

export const materialForm = form(
  {
    state: choice(materialStateNames, '请选择已附、缺或者不适用'),
    reason: optional(text({ name: '理由', most: 500 })),
    revision: revision(),
  },
  ({ state, reason }) => [
    ['reason', state !== 'attached' && reason === '' ? '请写明为什么缺，或者依据什么不适用' : null],
  ],
)
export type TypedMaterial = TypedIn<typeof materialForm>
