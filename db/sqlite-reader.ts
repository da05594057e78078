// The thread of slow reads.

import { type Job, type Post, unpacking } from './sqlite-posts.ts'
import { connect } from './sqlite-settings.ts'
import { executorOn, failure } from './sqlite-statements.ts'
import { askedOf, type JobReply } from './sqlite-threads.ts'

const { file, port } = askedOf()
const db = connect(file, { readonly: true })
const execute = executorOn(db)
const unpacked = unpacking()

port.postMessage('ready')
port.on('message', (post: Post) => {
  for (const message of unpacked(post)) {
    if (message === 'close') close()
    else if ('statements' in message) port.postMessage({ replies: [run(message)] })
  }
})

function run(job: Job): JobReply {
  try {
    return { id: job.id, results: job.statements.map(execute) }
  } catch (error) {
    return failure(job, error)
  }
}

function close() {
  db.close()
  port.close()
}
