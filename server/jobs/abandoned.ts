/** What was under way is not written and nobody is to blame: it is left for whoever goes on. */
export class Abandoned extends Error {
  override name = 'Abandoned'
}
