import { answerSources } from './answer-sources.ts'
import { outcomeSources } from './outcome-sources.ts'
import { publishedSources } from './published-sources.ts'
import type { Source } from './source.ts'

/** Every place in which the office's words can stand; a clause before what quotes it. */
export const sources: readonly Source[] = [...publishedSources, ...answerSources, ...outcomeSources]
