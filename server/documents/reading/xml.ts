import { SaxesParser } from 'saxes'
import { UnreadableDocument } from './unreadable-document.ts'

/** What a reader does as elements begin and end. Names are local ones, see `nameOf`; attributes have local names. */
export interface XmlHandlers {
  open(name: string, attributes: Record<string, string>): void
  close(name: string): void
  text(text: string): void
}

const deepest = 256
/** Between two events there is one tag or one piece of text; no honest one is longer. */
const longestPiece = 1024 * 1024

const prefixes: [RegExp, string][] = [
  [/wordprocessingml/, ''],
  [/officeDocument.*math/, 'm:'],
  [/markup-compatibility/, 'mc:'],
]

/**
 * Reads XML as it comes, never holding more than one piece of it.
 * @throws UnreadableDocument at a DTD, at nesting or pieces beyond all measure, and where it is not well-formed
 */
export async function readXml(bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  let silent = 0
  const heard = <Arguments extends unknown[]>(handle: (...given: Arguments) => void) => {
    return (...given: Arguments) => {
      silent = 0
      handle(...given)
    }
  }
  parser.on('error', () => {
    throw damaged()
  })
  parser.on('doctype', () => {
    throw new UnreadableDocument('文件里含有不允许的文档类型声明（DTD），未予读取。')
  })
  parser.on(
    'opentag',
    heard(({ uri, local, attributes }) => {
      if (++depth > deepest) throw damaged()
      handlers.open(nameOf(uri, local), attributesOf(attributes))
    }),
  )
  parser.on(
    'closetag',
    heard(({ uri, local }) => {
      depth--
      handlers.close(nameOf(uri, local))
    }),
  )
  parser.on(
    'text',
    heard((text) => handlers.text(text)),
  )
  parser.on(
    'cdata',
    heard((text) => handlers.text(text)),
  )
  for await (const text of decode(bytes)) {
    silent += text.length
    if (silent > longestPiece) throw damaged()
    parser.write(text)
  }
  parser.close()
}

async function* decode(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8', {
        fatal: true,
      })
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (error) {
    throw error instanceof TypeError ? damaged() : error
  }
}

/** Word's elements by their own names, formulas as m:…, alternatives as mc:…, drawings and the rest as x:…. */
function nameOf(uri: string, local: string): string {
  const prefix = prefixes.find(([namespace]) => namespace.test(uri))?.[1] ?? 'x:'
  return prefix + local
}

function attributesOf(attributes: Record<string, { local: string; value: string }>): Record<string, string> {
  return Object.fromEntries(Object.values(attributes).map(({ local, value }) => [local, value]))
}

function damaged(): UnreadableDocument {
  return new UnreadableDocument('文件内容已损坏，请用 Word 或 WPS 打开后另存为新的 .docx 再上传。')
}
