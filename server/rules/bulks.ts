import type { Ruling } from './decision-form.ts'

/** A ruling for many comments: each is decided in the version that it has then. */
export type BulkRuling = Omit<Ruling, 'version'>

/** Why a comment of a bulk was left as it is. */
export const skipReasons = {
  decided: '已经有人决定',
  claimed: '其他审核员正在办理',
  personal_data: '有未处理的个人信息',
  office_only: '提出人要求不公开',
  agreement: '需要两人意见一致',
  gone: '提出人已撤回',
} as const

export interface Skipped {
  id: string
  why: keyof typeof skipReasons
}
