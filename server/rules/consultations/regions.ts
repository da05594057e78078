/** A place that a citizen may choose: a city and its counties, in the order in which they are offered. */
export interface Region {
  name: string
  counties: string[]
}

/** Every place that may be chosen: cities, and their counties by both names. */
export function placeNames(regions: Region[]): string[] {
  return regions.flatMap(({ name, counties }) => [name, ...counties.map((county) => name + county)])
}

/** Regions as an official types them: a city a line, its counties after a colon. `长治市：潞州区、武乡县` */
export function writeRegions(regions: Region[]): string {
  return regions
    .map(({ name, counties }) => (counties.length > 0 ? `${name}：${counties.join('、')}` : name))
    .join('\n')
}

/** Reads what `writeRegions` writes, forgiving blanks, half-width marks, empty lines and names that stand twice. */
export function readRegions(typed: string): Region[] {
  const regions = new Map<string, Set<string>>()
  for (const line of typed.split('\n')) {
    const [name = '', ...rest] = line.split(/[：:]/).map((part) => part.trim())
    if (name === '') continue
    const counties = regions.get(name) ?? new Set()
    for (const county of rest.join('、').split(/[、，,；;\s]+/)) if (county !== '') counties.add(county)
    regions.set(name, counties)
  }
  return [...regions].map(([name, counties]) => ({ name, counties: [...counties] }))
}
