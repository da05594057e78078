/** So many comments must be under themes before the portal proposes any: fewer say too little of what a theme is. */
export const leastToLearn = 30
