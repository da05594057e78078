/**
 * The states of comments whose endorsements count, by who may hold the figure: the public's stand with published
 * comments, and what an author has taken back counts nowhere.
 */
export const endorsedStates = {
  public: ['published'],
  internal: ['pending', 'published', 'withheld', 'refused'],
} as const
