/** So many are asked for before the first is answered: whoever gives up at one has asked for few in vain. */
const ahead = 4

/** What is made of each of these, in their order, while a few are asked for ahead. */
export async function* askedAhead<Given, Made>(
  givens: readonly Given[],
  make: (given: Given) => Promise<Made>,
): AsyncGenerator<[given: Given, made: Made]> {
  const asked: Promise<Made>[] = []
  for (const [place, given] of givens.entries()) {
    for (const next of givens.slice(asked.length, place + ahead)) {
      const made = make(next)
      // It is told when its turn comes, if it does.
      made.catch(() => {})
      asked.push(made)
    }
    yield [given, (await asked[place]) as Made]
  }
}
