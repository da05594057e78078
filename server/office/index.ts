import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'

/** The drafting office's workspace, under /office. */
export async function office(_app: FastifyInstance, _deps: Dependencies): Promise<void> {}
