/** A repair that cannot be made here; the message tells the person why. */
export class ImpossibleRepair extends Error {
  override name = 'ImpossibleRepair'
}
