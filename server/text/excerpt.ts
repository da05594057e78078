/** The beginning of a text on one line, with … where it goes on. @param most characters */
export function excerpt(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : characters.join('')
}
