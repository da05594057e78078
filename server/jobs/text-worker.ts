// The thread that works on texts.
import { parentPort } from 'node:worker_threads'
import { type TextAnswer, type TextQuestion, textWork } from './text-work.ts'

const port = parentPort
if (!port) throw new Error('started by a TextThread only')
port.postMessage('ready')
port.on('message', (question: TextQuestion) => port.postMessage(answerTo(question)))

function answerTo({ name, given }: TextQuestion): TextAnswer {
  try {
    const work: (...given: never[]) => unknown = textWork[name]
    return { made: work(...(given as never[])) }
  } catch (error) {
    return { error }
  }
}
