// Plain JavaScript, so that a Node too old for the portal can read it, and loaded before everything else.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `门户需要 Node 22.18 以上，现在是 ${process.versions.node}：在 Linux 和 Windows 上 npm ci 会带来合适的 Node，用 npm start、npm run portal 即可；其他系统请先安装新的 Node\n`,
  )
  process.exit(1)
}
