/** Who of the staff does what is stored, and when. */
export interface Act {
  staffId: string
  now: Date
}
