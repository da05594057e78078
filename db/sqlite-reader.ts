// The thread of slow reads.
import { connect } from './sqlite-settings.ts'
import { failure, stepsOf } from './sqlite-statements.ts'
import { type Answer, askedOf, type Job, type Message } from './sqlite-threads.ts'

const { file, port } = askedOf()
const db = connect(file, { readonly: true })
const execute = stepsOf(db)

port.postMessage('ready')
port.on('message', (job: Message) => {
  if (job === 'close') close()
  else port.postMessage({ answers: [run(job)] })
})

function run(job: Job): Answer {
  try {
    return { id: job.id, results: job.steps.map(execute) }
  } catch (error) {
    return failure(job, error)
  }
}

function close() {
  db.close()
  port.close()
}
