/** Names and numbers that stand nowhere else, put wherever people write, to be looked for in bytes. */
export interface Person {
  /** Three characters that no other text has. */
  name: string
  phone: string
}

const firstCharacter = 0x3400

/** So many people, each once. */
export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, i) => ({
    name: String.fromCodePoint(...[0, 1, 2].map((place) => firstCharacter + i * 3 + place)),
    phone: `139${String(10_000_019 + i * 179_426 + ((i * 7919) % 97)).slice(-8)}`,
  }))
}

/** Characters of the names, in UTF-8 read as Latin-1. */
const character = '(?:\xe3[\x90-\xbf][\x80-\xbf]|\xe4[\x80-\xb6][\x80-\xbf])'

/**
 * Which of these people's names and phones stand in some bytes: a name where two of its characters follow one another,
 * since indexes are cut into pairs.
 */
export function plantedIn(bytes: Buffer, planted: readonly Person[]): string[] {
  const text = bytes.toString('latin1')
  const names = new Map(planted.flatMap(({ name }) => pairs(name).map((pair) => [pair, name])))
  const phones = new Set(planted.map(({ phone }) => phone))
  const found = new Set<string>()
  for (const [run] of text.matchAll(new RegExp(`${character}{2,}`, 'g'))) {
    for (const pair of pairs(Buffer.from(run, 'latin1').toString('utf8'))) {
      const name = names.get(pair)
      if (name) found.add(name)
    }
  }
  for (const [run] of text.matchAll(/\d{11,}/g)) {
    for (let i = 0; i + 11 <= run.length; i++) {
      if (phones.has(run.slice(i, i + 11))) found.add(run.slice(i, i + 11))
    }
  }
  return [...found]
}

/**
 * The same for the segments of an FTS5 index, which leave out the first bytes of a word that the one before it has too:
 * there a pair is its second character behind the last byte of its first.
 */
export function plantedInSegments(bytes: Buffer, planted: readonly Person[]): string[] {
  const text = bytes.toString('latin1')
  const ends = new Map(
    planted.flatMap(({ name }) =>
      pairs(name).map((pair) => [Buffer.from(pair).subarray(2).toString('latin1'), name]),
    ),
  )
  const found = new Set<string>()
  for (const { index } of text.matchAll(new RegExp(`(?<=[\x80-\xbf])${character}`, 'g'))) {
    const name = ends.get(text.slice(index - 1, index + 3))
    if (name) found.add(name)
  }
  return [...found]
}

function pairs(text: string): string[] {
  const characters = [...text]
  return characters.slice(1).map((second, i) => `${characters[i]}${second}`)
}
