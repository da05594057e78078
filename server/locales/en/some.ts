/** A count with its noun, which English puts in the plural. */
export const some = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
