import { administration } from './administration.ts'
import { agriculture } from './agriculture.ts'
import { care } from './care.ts'
import { cooperation } from './cooperation.ts'
import { daily } from './daily.ts'
import type { Domain } from './domain.ts'
import { drafting } from './drafting.ts'
import { ecology } from './ecology.ts'
import { employment } from './employment.ts'
import { finance } from './finance.ts'
import { health } from './health.ts'
import { industry } from './industry.ts'
import { land } from './land.ts'
import { memory } from './memory.ts'
import { schools } from './schools.ts'
import { science } from './science.ts'
import { tourism } from './tourism.ts'
import { towns } from './towns.ts'
import { transport } from './transport.ts'
import { utilities } from './utilities.ts'
import { villages } from './villages.ts'

/**
 * Some 8,300 words of public life as people say them and as offices write them. They are no list of what this or that draft
 * says: they let a text about 大夫 and one about 卫生院 be known as being of one subject, and keep 医保 and 景区, which the
 * segmenter does not know, from being cut into characters. Written down from general knowledge, not from the marked set
 * (docs/analysis.md).
 */
export const everyday: readonly Domain[] = [
  agriculture,
  industry,
  cooperation,
  tourism,
  towns,
  villages,
  transport,
  utilities,
  employment,
  health,
  care,
  schools,
  science,
  ecology,
  memory,
  finance,
  land,
  administration,
  drafting,
  daily,
]

/** In which groups a word stands, each with its domain before it: 医疗·医护. */
export const everydayGroups: ReadonlyMap<string, readonly string[]> = groupsByWord()

function groupsByWord(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name, groups } of everyday) {
    for (const [group, words] of Object.entries(groups)) {
      for (const word of words.trim().split(/\s+/u))
        found.set(word, [...(found.get(word) ?? []), `${name}·${group}`])
    }
  }
  return found
}
