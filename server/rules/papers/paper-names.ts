import { shanghaiDay } from '../days.ts'
import { type Scope, scopeNames } from '../scopes.ts'

/** 意见汇总表（内部）-shanxi-laoqu-2026-11-24.xlsx: what it is, for whom, of what, of when. */
export function paperFileName(paper: string, scope: Scope, slug: string, now: Date, format: string): string {
  return `${paper}（${scopeNames[scope]}）-${slug}-${shanghaiDay(now)}.${format}`
}
