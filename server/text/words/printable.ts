/**
 * What no file and no page can carry: controls but for tab and line ends, halves of a character, two that are none (XML
 * 1.0); what turns the direction of the text behind it, also of text that is not its own (U+202E and its kin); and what
 * shows nothing and still says something to a machine: tag characters are a whole alphabet of it.
 */
const unprintable =
  /(?![\t\n\r])\p{Cc}(?<![\u007f-\u009f])|[\p{Surrogate}\ufffe\uffff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** The text with what is unprintable shown as marks (␀ for NUL, � for half a character): nothing vanishes. */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const code = char.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
  })
}

/** How many characters of the text {@link printable} shows as marks. */
export function unprintableIn(text: string): number {
  return text.match(unprintable)?.length ?? 0
}
