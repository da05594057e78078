/**
 * Something of a filled form that the person should look at: it was not taken over, or otherwise than it was written.
 * `clause` is what the clause is called; null where it concerns none.
 */
export interface FormNote {
  kind: FormNoteKind
  clause: string | null
  text: string
}

export type FormNoteKind =
  | 'outside'
  | 'unread'
  | 'person'
  | 'region'
  | 'stances'
  | 'stanceWords'
  | 'original'
  | 'edited'
  | 'moved'
  | 'overflow'
  | 'unplaced'
