import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp'

/** Goes on from a place in the text: whether all that follows matches from there. */
type Rest = (at: number) => boolean
/** Whether a part of an expression matches at a place, and then all that follows it. */
type Part = (at: number, rest: Rest) => boolean
/** A lookbehind reads from the right to the left. */
type Direction = 1 | -1

/** What is tried is counted up to here. */
class Enough extends Error {}

/**
 * How many characters and assertions an engine that backtracks tries until it has found every place of an expression in
 * a text. V8 knows short cuts, and no detours.
 * @returns at most `most`
 */
export function countedSteps(expression: RegExp, text: string, most: number): number {
  const search = new Search(text, expression.flags, most)
  try {
    search.everywhere(parseRegExpLiteral(expression).pattern)
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return search.steps
}

class Search {
  steps = 0
  readonly #text: string
  readonly #flags: string
  readonly #most: number
  readonly #captured = new Map<AST.CapturingGroup, string>()

  constructor(text: string, flags: string, most: number) {
    this.#text = text
    this.#flags = flags.replace(/[dgy]/g, '')
    this.#most = most
  }

  everywhere({ alternatives }: AST.Pattern): void {
    const match = this.#either(alternatives, 1)
    for (let at = 0; at <= this.#text.length; ) {
      let end = at
      match(at, (place) => {
        end = place
        return true
      })
      at = Math.max(end, at + 1)
    }
  }

  #step(): void {
    if (++this.steps >= this.#most) throw new Enough()
  }

  #either(alternatives: AST.Alternative[], direction: Direction): Part {
    const parts = alternatives.map(({ elements }) => this.#sequence(elements, direction))
    return (at, rest) => parts.some((part) => part(at, rest))
  }

  #sequence(elements: AST.Element[], direction: Direction): Part {
    const parts = elements.map((element) => this.#part(element, direction))
    if (direction < 0) parts.reverse()
    const nothing: Part = (at, rest) => rest(at)
    return parts.reduceRight<Part>(
      (after, part) => (at, rest) => part(at, (place) => after(place, rest)),
      nothing,
    )
  }

  #part(element: AST.Element, direction: Direction): Part {
    switch (element.type) {
      case 'Quantifier':
        return this.#repeated(element, direction)
      case 'Group':
        return this.#either(element.alternatives, direction)
      case 'CapturingGroup':
        return this.#capturing(element, direction)
      case 'Assertion':
        return this.#assertion(element)
      case 'Backreference':
        return this.#again(element)
      default:
        return this.#character(this.#test(element), direction)
    }
  }

  #repeated({ min, max, greedy, element }: AST.Quantifier, direction: Direction): Part {
    const once = this.#part(element, direction)
    const from = (at: number, count: number, rest: Rest): boolean => {
      const more = () =>
        count < max && once(at, (place) => (place !== at || count < min) && from(place, count + 1, rest))
      if (count < min) return more()
      return greedy ? more() || rest(at) : rest(at) || more()
    }
    return (at, rest) => from(at, 0, rest)
  }

  #capturing(group: AST.CapturingGroup, direction: Direction): Part {
    const inner = this.#either(group.alternatives, direction)
    return (at, rest) =>
      inner(at, (place) => {
        const before = this.#captured.get(group) ?? ''
        this.#captured.set(group, this.#text.slice(Math.min(at, place), Math.max(at, place)))
        if (rest(place)) return true
        this.#captured.set(group, before)
        return false
      })
  }

  /** Only forwards, and of one group: more is used nowhere. */
  #again({ resolved }: AST.Backreference): Part {
    const [group] = [resolved].flat()
    return (at, rest) => {
      const wanted = (group && this.#captured.get(group)) ?? ''
      for (let i = 0; i < wanted.length; i++) {
        this.#step()
        if (wanted[i] !== this.#text[at + i]) return false
      }
      return rest(at + wanted.length)
    }
  }

  #assertion(assertion: AST.Assertion): Part {
    if (assertion.kind === 'lookahead' || assertion.kind === 'lookbehind') {
      const inner = this.#either(assertion.alternatives, assertion.kind === 'lookahead' ? 1 : -1)
      return (at, rest) => inner(at, () => true) !== assertion.negate && rest(at)
    }
    const here = new RegExp(assertion.raw, `${this.#flags}y`)
    return (at, rest) => {
      this.#step()
      here.lastIndex = at
      return here.test(this.#text) && rest(at)
    }
  }

  #test(element: AST.Element): (character: string) => boolean {
    const one = new RegExp(`^(?:${element.raw})$`, this.#flags.replace('m', ''))
    const known = new Map<string, boolean>()
    return (character) => {
      const is = known.get(character) ?? one.test(character)
      known.set(character, is)
      return is
    }
  }

  #character(is: (character: string) => boolean, direction: Direction): Part {
    return (at, rest) => {
      this.#step()
      const character = this.#text[direction > 0 ? at : at - 1]
      return character !== undefined && is(character) && rest(at + direction)
    }
  }
}
