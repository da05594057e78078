import type { Ruling } from './decision-form.ts'

/** A ruling for many comments: each is decided in the version that it has then. */
export type BulkRuling = Omit<Ruling, 'version'>

/** Why a comment of a bulk was left as it is. */
export const skipReasons = {
  decided: '已经有人决定',
  claimed: '其他审核员正在办理',
  personal_data: '有未处理的个人信息',
  sensitive: '含敏感个人信息，须单独办理',
  office_only: '提出人要求不公开',
  agreement: '需要两人意见一致',
  appealed: '正在复核，须单独办理',
  gone: '提出人已撤回',
  no_role: '您已没有审核这次征求意见的权限',
} as const

export interface Skipped {
  id: string
  why: keyof typeof skipReasons
}

export const bulkStateNames = {
  prepared: '待确认',
  running: '处理中',
  done: '已完成',
  stopped: '已停止',
  revoked: '已撤销',
  reopening: '正在重新审核',
  reopened: '已重新审核',
} as const

/** Above so many, whoever starts a bulk types how many they are. */
export const mostUntyped = 200

/** As many comments as one bulk may hold. */
export const largestBulk = 10_000
