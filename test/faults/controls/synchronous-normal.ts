import { synchronous } from './synchronous.ts'

// A portal on SQLite as better-sqlite3 opens it, which syncs the log only when it is taken over into the database.
synchronous('normal')
