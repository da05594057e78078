// A portal that tells days by the clock on the wall where it stands.
const { toISOString } = Date.prototype
const minute = 60_000
const shanghaiOffset = -480

Date.prototype.toISOString = function () {
  const local = (shanghaiOffset - this.getTimezoneOffset()) * minute
  return toISOString.call(new Date(this.getTime() + local))
}
