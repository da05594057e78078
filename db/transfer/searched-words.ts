import { bigrams } from '../../server/text/words/bigrams.ts'
import { searchedText } from '../queries/comments/search-entries.ts'
import type { SearchIndex } from '../search.ts'
import type { StoredRows } from './stored-rows.ts'

/** What an index knows of a comment. */
export interface SearchEntry {
  comment: number
  words: string
}

/**
 * What both searches know, from the comments: an index is not copied, since SQLite keeps no more of the words than it
 * needs to find them.
 */
export async function* searchEntries(
  stored: Pick<StoredRows, 'rows'>,
): AsyncGenerator<Record<SearchIndex, SearchEntry[]>> {
  const columns = ['number', 'body', 'wording', 'state']
  for await (const rows of stored.rows({ name: 'comments', columns })) {
    const entries = rows.flatMap(([number, body, wording, state]) => {
      if (!body) return []
      const text = searchedText({ body: String(body), wording: wording === null ? null : String(wording) })
      return [{ comment: Number(number), words: bigrams(text), isPublic: state === 'published' }]
    })
    yield { staff: entries, public: entries.filter(({ isPublic }) => isPublic) }
  }
}
