import { type Day, shanghaiDay } from '../days.ts'

/**
 * Who may hold a file. `public` has published comments only and nothing that links one person's comments; `internal` has
 * every state, names masked and no contacts; `personal` has what people said of themselves, so it is made for one
 * purpose, which is written down (个人信息保护法 arts. 6 and 51).
 */
export const scopeNames = { internal: '内部', public: '公开', personal: '含个人信息' } as const
export type PaperScope = keyof typeof scopeNames

/** The scope of this name; null where there is none. */
export function readScope(value: unknown): PaperScope | null {
  return typeof value === 'string' && isScope(value) ? value : null
}

function isScope(value: string): value is PaperScope {
  return Object.hasOwn(scopeNames, value)
}

/** When a comment came in or was published, as a file of this scope says it: the public is told the day. */
export function shownTime(moment: Date, scope: PaperScope): Date | Day {
  return scope === 'public' ? shanghaiDay(moment) : moment
}

/** 意见汇总表（内部）-shanxi-laoqu-2026-11-24.xlsx: what it is, for whom, of what, of when. */
export function paperFileName(
  { paper, scope, slug, format }: { paper: string; scope: PaperScope; slug: string; format: string },
  now: Date,
): string {
  return `${paper}（${scopeNames[scope]}）-${slug}-${shanghaiDay(now)}.${format}`
}
