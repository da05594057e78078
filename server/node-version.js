// Plain JavaScript, so that a Node too old for the portal can read it, and loaded before everything else.
const [major, minor] = process.versions.node.split('.').map(Number)
// TypeScript is read as it stands since 22.18, and since 23.6.
const least = major === 23 ? 6 : 18
if (major < 22 || (major < 24 && minor < least)) {
  process.stderr.write(
    `门户需要 Node 22.18 以上（23 要 23.6 以上），现在是 ${process.versions.node}：在 Linux 和 Windows 上 npm ci 会带来合适的 Node，用 npm start、npm run portal 即可；其他系统请先安装新的 Node\n`,
  )
  process.exit(1)
}
