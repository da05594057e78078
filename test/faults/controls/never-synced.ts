import { synchronous } from './synchronous.ts'

// A portal that leaves it to the system when what it writes comes to the disk.
synchronous('off')
