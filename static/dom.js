/** The elements that a selector finds, as a list; `within` is the whole page where it is left out. */
export const all = (selector, within) => Array.from((within || document).querySelectorAll(selector))

/** The first of them, or null. */
export const one = (selector, within) => (within || document).querySelector(selector)
