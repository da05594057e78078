import iconv from 'iconv-lite'
import { UnreadableDocument } from './unreadable-document.ts'

const mostBytes = 8 * 1024 * 1024
/** Control characters but those that part lines and columns. */
const controls = /[^\P{Cc}\t\n\v\f\r\u0085]/gu

/**
 * The text of a file without formats: UTF-8, UTF-16 with its mark, otherwise GB18030 (which covers GBK and GB2312).
 * @throws UnreadableDocument where it is none of these, or too long
 */
export function decodeText(bytes: Buffer): { text: string; notes: string[] } {
  if (bytes.length > mostBytes) throw new UnreadableDocument('文本文件超过 8 MB，请分成几份上传。')
  const marked = /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))
  const unicode = marked ? iconv.decode(bytes, 'utf-16') : decodeUtf8(bytes)
  const text = unicode ?? iconv.decode(bytes, 'gb18030')
  const garbled = (text.match(/\uFFFD/g)?.length ?? 0) + (text.match(controls)?.length ?? 0)
  if (garbled > text.length / 200) {
    throw new UnreadableDocument('无法识别文件里的文字，请用 Word 或 WPS 打开后另存为 .docx 再上传。')
  }
  return { text: clean(text), notes: unicode === null ? ['文件按 GB18030 编码读取。'] : [] }
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * The text as it can be stored and shown: control characters become their visible signs (␀), which readDraft lists as
 * artefacts; halves of surrogate pairs become �.
 */
export function clean(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(controls, (control) => {
    const code = control.charCodeAt(0)
    if (code === 0x7f) return '\u2421'
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD'
  })
}
