import type { Outcome } from './responses.ts'

/* One voice: what an office may want to look at once more before it answers. Each is a warning, and bars nothing. */

/** What is warned of, in the order in which it is shown. */
export const warningNames = {
  contradiction: '差不多的意见，采纳情况不同',
  unchanged: '写的是采纳，条款却没有修改稿',
  addition: '同类意见里有人另外写了内容',
  empty: '理由只是一句套话',
  copied: '同一个理由用于不相干的意见',
} as const
export type WarningKind = keyof typeof warningNames

/** Whether a reason promises to look at something and says nothing else. */
export function isEmptyPhrase(reason: string): boolean {
  const bare = reason.replace(/[\s，。；、！!,.;]/gu, '')
  return /^(?:您的意见)?(?:我们?)?(?:已|将|会)?(?:认真|深入|进一步)?(?:研究|考虑|吸收|吸纳|采纳|参考|予以考虑){1,3}(?:吸收|吸纳|采纳)?(?:谢谢|感谢您?的?(?:意见|建议|支持|参与)?)?$/u.test(
    bare,
  )
}

/** Whether an answer says that the draft changes. */
export function changesDraft(outcome: string): boolean {
  const changing: readonly Outcome[] = ['adopted', 'partly_adopted']
  return changing.some((one) => one === outcome)
}
