/** Why a comment is not studied, or not shown. Each has the sentence that its author reads. */
export const reasons = {
  refused: {
    off_topic: {
      name: '非本草案事项',
      sentence: '您反映的事项不属于本草案的内容。咨询求助请拨打 12345，投诉请求请向信访部门提出。',
    },
    advertising: { name: '广告', sentence: '内容是广告或者推销，与本草案无关。' },
    unlawful: { name: '违法内容', sentence: '内容含有法律法规禁止发布的信息。' },
    abusive: { name: '辱骂攻击', sentence: '内容主要是辱骂或者人身攻击，没有对草案提出意见。' },
    meaningless: { name: '无实质内容', sentence: '内容无法辨认出对草案的意见。' },
  },
  withheld: {
    author_asked: { name: '提交人要求不公开', sentence: '按您的要求，意见只供起草单位研究，不公开。' },
    personal_data: {
      name: '含大量个人信息',
      sentence: '内容含有较多个人信息，为保护隐私不公开，已交起草单位研究。',
    },
    third_party: { name: '涉及他人', sentence: '内容涉及他人的名誉或者隐私，不宜公开，已交起草单位研究。' },
    unverified: {
      name: '内容未经核实',
      sentence: '内容涉及尚未核实的具体事件，不宜公开，已交起草单位研究。',
    },
    state_secret: { name: '不宜公开', sentence: '内容涉及依法不宜公开的信息，已交起草单位研究。' },
  },
} as const satisfies Record<string, Record<string, { name: string; sentence: string }>>

/** A reason as a moderator picks it. */
export interface Reason {
  code: string
  /** The outcome that it explains. */
  for: 'withheld' | 'refused'
  name: string
  sentence: string
}

/** What a new portal starts with, in the order in which it is offered. */
export const defaultReasons: readonly Reason[] = (['withheld', 'refused'] as const).flatMap((outcome) =>
  Object.entries(reasons[outcome]).map(([code, words]) => ({ code, for: outcome, ...words })),
)

export function isReason(value: unknown): value is Reason {
  const { code, for: outcome, name, sentence } = Object(value)
  return (
    (outcome === 'withheld' || outcome === 'refused') &&
    [code, name, sentence].every((text) => typeof text === 'string' && text !== '')
  )
}

/** What the author reads: a reason that was struck off keeps its first words; one that is not known stands for itself. */
export function reasonSentence(code: string, current: readonly Reason[]): string {
  return [...current, ...defaultReasons].find((reason) => reason.code === code)?.sentence ?? code
}
