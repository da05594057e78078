import { dialect } from './columns.ts'

/**
 * The same read of a list, whose rows nobody else changes before the list ends. On SQLite, where one list is written at
 * a time, every read is one.
 */
export function heldRow<Read extends { for(strength: 'share'): unknown }>(read: Read): Read {
  if (dialect === 'postgres') read.for('share')
  return read
}
