/* What could not be sent is said where it was sent from, in the server's words; what was typed stays. */
const unreached = '没有连上服务器，刚才的操作没有完成。填写的内容还在，请检查网络后再试一次。'

/** The title and the advice of a page that tells of an error. */
function wordsOf(page) {
  const { body } = new DOMParser().parseFromString(page, 'text/html')
  return [...body.querySelectorAll('h1, h1 + p')].map((part) => part.textContent.trim()).join('。')
}

function sayWhy({ target, detail }) {
  if (target.href) return location.assign(target.href)
  if (target.tagName !== 'FORM') return
  const said = target.querySelector('.error-summary.failure') ?? document.createElement('p')
  said.className = 'error-summary failure'
  said.tabIndex = -1
  said.setAttribute('role', 'alert')
  said.textContent = (detail.xhr && wordsOf(detail.xhr.responseText)) || unreached
  target.prepend(said)
  said.focus()
}

for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, sayWhy)
}
