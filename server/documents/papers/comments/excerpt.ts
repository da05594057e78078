const longest = 60

/** The beginning of a text, to the end of a sentence where one ends in time; what is left off is said by ……. */
export function excerpt(text: string): string {
  const chars = [...text.trim()]
  if (chars.length <= longest) return chars.join('')
  const head = chars.slice(0, longest).join('')
  const end = Math.max(...['。', '！', '？', '；', '\n'].map((mark) => head.lastIndexOf(mark)))
  return end > 12 ? `${head.slice(0, end + 1).trim()}……` : `${head}……`
}
