import { type AST, parseRegExpLiteral, visitRegExpAST } from '@eslint-community/regexpp'

/** What was found to hold the portal, and what is common. */
const known = ['a.1-', '131.', '_〇', 'a', '1', ' ', '一', '，']
/** More say nothing new, and take long. */
const mostParts = 6
/** What few expressions take, so that a search which came so far has to go back. */
const spoiler = '\u0007@'

/** Texts that an expression may have trouble with: its own parts again and again, and then what does not fit. */
export function* hostileTexts(expression: RegExp, length: number): Generator<string> {
  const parts = partsOf(expression)
  const after = (begin: string, part: string) =>
    begin + part.repeat(Math.ceil(length / part.length)).slice(begin.length + spoiler.length) + spoiler
  for (const part of [...known, ...parts]) yield after('', part)
  for (const one of parts) {
    yield after('部', one)
    for (const other of parts) {
      yield after('', one + other)
      yield after(one, other)
    }
  }
}

/** A member of each of its classes, its words, and the characters of these. */
export function partsOf(expression: RegExp): string[] {
  const parts = new Set<string>()
  visitRegExpAST(parseRegExpLiteral(expression), {
    onAlternativeEnter({ elements }) {
      const word = elements.map(memberOf).join('')
      if (word !== '') parts.add(word)
    },
    onCharacterClassEnter(node) {
      parts.add(memberOf(node))
    },
  })
  const characters = [...parts].flatMap((part) => [...part])
  return [...new Set([...parts, ...characters])].filter(Boolean).slice(0, mostParts)
}

/** Words, digits and signs of which classes are made, one of which most have. */
const members = ['1', 'a', '一', '号', ' ', '-', '.', '，', '。', '（', '）', '《', '\t', '\n', 'x', '😀']

function memberOf(node: AST.Node): string {
  switch (node.type) {
    case 'Character':
      return String.fromCodePoint(node.value)
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^${node.raw}$`, 'u')
      return members.find((member) => one.test(member)) ?? firstOf(node)
    }
    case 'Quantifier':
      return memberOf(node.element).repeat(Math.min(Math.max(node.min, 1), 3))
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives[0]?.elements.map(memberOf).join('') ?? ''
    default:
      return ''
  }
}

function firstOf(node: AST.Node): string {
  if (node.type !== 'CharacterClass') return ''
  const [first] = node.elements
  if (first?.type === 'Character') return String.fromCodePoint(first.value)
  return first?.type === 'CharacterClassRange' ? String.fromCodePoint(first.min.value) : ''
}
